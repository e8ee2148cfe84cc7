// An EPUB goes in; what two e-book readers in a real browser find in it comes out, as JSON.
//
// usage: node walk.mjs TOOLS BROWSER BOOK.epub SCREENSHOTS
//
// Both readers walk every section and jump to every page of the page list. A third of the walk is
// done in the dark with letters of twice the size, by epub.js on a page as narrow as a telephone.

import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'

const [tools, browserPath, bookPath, screenshots] = process.argv.slice(2)
const puppeteer = createRequire(join(tools, 'x'))('puppeteer-core')

const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }
const PAGES = {
  '/foliate.html': `<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
<script type="module" src="/foliate-js/view.js"></script>`,
  '/epubjs.html': `<!DOCTYPE html><meta charset="utf-8"><body style="margin:0"><div id="area"></div>
<script src="/jszip/dist/jszip.min.js"></script><script src="/epubjs/dist/epub.js"></script>`,
}

function serve() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    try {
      const body = PAGES[path] ?? readFileSync(
        path === '/book.epub' ? bookPath : join(tools, 'node_modules', normalize(path)))
      response.writeHead(200, { 'content-type': type }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)))
}

// Runs inside the page, in the document of a section.
function inspect(doc) {
  const visible = element => element.getBoundingClientRect().width > 0
  const drawings = [...doc.querySelectorAll('svg')]
  const luminance = ([r, g, b]) => [r, g, b]
    .map(value => value / 255)
    .map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0)
  const numbers = colour => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(doc.defaultView.getComputedStyle(one).backgroundColor)
      if (colour.length && (colour[3] ?? 1) > 0.5) return colour
    }
    return null
  }
  const contrasts = [...doc.querySelectorAll('h1,h2,h3,h4,p,li,dt,dd,td,th,figcaption')]
    .filter(element => element.textContent.trim() && visible(element))
    .map(element => {
      const front = luminance(numbers(doc.defaultView.getComputedStyle(element).color))
      const back = luminance(behind(element) ?? [255, 255, 255])
      return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05)
    })
  const wide = [...doc.body.querySelectorAll('*')].filter(element =>
    element.getBoundingClientRect().right > doc.documentElement.clientWidth + 1)
  return {
    wide: wide.slice(0, 3).map(one => `${one.tagName}.${one.getAttribute('class') ?? ''}`),
    heading: doc.querySelector('h1')?.textContent.replace(/\s+/g, ' ').trim() ?? '',
    errors: doc.querySelectorAll('parsererror').length,
    brokenImages: [...doc.images].filter(image => image.complete && !image.naturalWidth).length,
    images: doc.images.length,
    drawings: drawings.length,
    flatDrawings: drawings.filter(one => !one.viewBox.baseVal?.width || !visible(one)).length,
    writingMode: doc.defaultView.getComputedStyle(doc.documentElement).writingMode,
    lowestContrast: contrasts.length ? Math.min(...contrasts) : 21,
    letterPixels: parseFloat(doc.defaultView.getComputedStyle(doc.querySelector('p, li, h1, img') ?? doc.body).fontSize),
    sideways: doc.documentElement.scrollWidth,
  }
}

const DARK_AND_LARGE = 'html { font-size: 200%; background: #111 !important; color: #eee !important; }'

async function walkFoliate(page, shoot) {
  await page.evaluate(async (css) => {
    await customElements.whenDefined('foliate-view')
    const view = document.createElement('foliate-view')
    view.style.cssText = 'display:block;width:100vw;height:100vh'
    document.body.append(view)
    window.view = view
    window.loaded = {}
    view.addEventListener('load', event => { window.loaded[event.detail.index] = event.detail.doc })
    view.addEventListener('relocate', event => { window.place = event.detail })
    const blob = await (await fetch('/book.epub')).blob()
    await view.open(new File([blob], 'book.epub'))
    window.css = css
  }, DARK_AND_LARGE)
  const count = await page.evaluate(() => window.view.book.sections.length)
  const sections = []
  for (const dark of [false, true]) {
    await page.evaluate(on => window.view.renderer.setStyles?.(on ? window.css : ''), dark)
    for (let index = 0; index < count; index++) {
      await page.evaluate(place => window.view.goTo(place), index)
      await page.evaluate(() => new Promise(done => setTimeout(done, 60)))
      sections.push({ index, dark, ...await page.evaluate(`(${inspect})(window.loaded[${index}])`) })
      if (shoot.has(index)) await page.screenshot({ path: join(screenshots, `foliate-${index}${dark ? '-dark' : ''}.png`) })
    }
  }
  await page.evaluate(() => window.view.renderer.setStyles?.(''))
  const jumps = []
  const pages = await page.evaluate(() =>
    (window.view.book.pageList ?? []).map(({ label, href }) => ({ label, href })))
  for (const { label, href } of pages) {
    await page.evaluate(place => window.view.goTo(place), href)
    const landed = await page.evaluate((place) => {
      const target = window.view.resolveNavigation?.(place)
      const doc = window.loaded[target?.index]
      const mark = doc && (typeof target.anchor === 'function' ? target.anchor(doc) : null)
      return { index: window.place?.section?.current ?? target?.index, wanted: target?.index, label: mark?.getAttribute?.('aria-label') ?? null }
    }, href)
    jumps.push({ wanted: label, landed: landed.label })
  }
  return { count, sections, jumps, toc: await page.evaluate(() => window.view.book.toc?.length ?? 0) }
}

async function walkEpubJs(page, shoot) {
  const hrefs = await page.evaluate(async () => {
    window.book = ePub('/book.epub')
    await window.book.ready
    window.rendition = window.book.renderTo('area', { width: 560, height: 760, flow: 'scrolled-doc' })
    window.rendition.themes.register('dark', {
      html: { 'font-size': '200% !important' }, body: { background: '#111 !important', color: '#eee !important' },
    })
    const all = []
    window.book.spine.each(item => all.push(item.href))
    return all
  })
  const sections = []
  for (const dark of [false, true]) {
    await page.evaluate(on => {
      if (on) {
        window.rendition.themes.select('dark')
        window.rendition.resize(320, 760)
      }
    }, dark)
    for (const [index, href] of hrefs.entries()) {
      await page.evaluate(place => window.rendition.display(place), href)
      sections.push({
        index, dark,
        ...await page.evaluate(`(${inspect})(window.rendition.getContents()[0].document)`),
      })
      if (shoot.has(index)) await page.screenshot({ path: join(screenshots, `epubjs-${index}${dark ? '-dark' : ''}.png`) })
    }
  }
  const pages = await page.evaluate(async () => {
    await window.book.loaded.pageList
    // epub.js hands out links as the navigation document has them, relative to its own folder.
    const folder = window.book.packaging.navPath.replace(/[^/]*$/, '')
    return window.book.pageList.pageList.map(({ page, href }) => ({ label: String(page), href: folder + href }))
  })
  const jumps = []
  for (const { label, href } of pages) {
    const landed = await page.evaluate(async (place) => {
      await window.rendition.display(place)
      const doc = window.rendition.getContents()[0].document
      return doc.getElementById(place.split('#')[1])?.getAttribute('aria-label') ?? null
    }, href)
    jumps.push({ wanted: label, landed })
  }
  return { count: hrefs.length, sections, jumps }
}

const profile = mkdtempSync(join(tmpdir(), 'booklet-reader-'))
const server = await serve()
const browser = await puppeteer.launch({
  executablePath: browserPath, headless: true, userDataDir: profile, timeout: 60000,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const results = {}
  for (const [name, walk] of [['foliate', walkFoliate], ['epubjs', walkEpubJs]]) {
    const page = await browser.newPage()
    await page.setViewport({ width: 600, height: 800 })
    const complaints = []
    page.on('pageerror', error => complaints.push(String(error)))
    await page.goto(`http://127.0.0.1:${server.address().port}/${name}.html`)
    results[name] = { ...await walk(page, new Set([0, 3, 4, 6])), complaints }
    await page.close()
  }
  console.log(JSON.stringify(results))
} finally {
  await browser.close()
  server.close()
  rmSync(profile, { recursive: true, force: true })
}
