// A PDF goes in; the text of each page as PDF.js searches it comes out, as JSON.
//
// usage: node pdfjs_text.mjs TOOLS FILE.pdf

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [tools, file] = process.argv.slice(2)
const home = join(tools, 'node_modules', 'pdfjs-dist')
const { getDocument } = await import(pathToFileURL(join(home, 'legacy', 'build', 'pdf.mjs')))

const pdf = await getDocument({
  data: new Uint8Array(readFileSync(file)),
  cMapUrl: join(home, 'cmaps', '/'),
  cMapPacked: true,
  verbosity: 0,
}).promise
const pages = []
for (let number = 1; number <= pdf.numPages; number += 1) {
  const { items } = await (await pdf.getPage(number)).getTextContent()
  pages.push(items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''))
}
console.log(JSON.stringify(pages))
