@echo off
rem ダブルクリックで冊子を作ります。できたものは build フォルダーに入ります。
setlocal
cd /d "%~dp0"
if exist ".venv\Scripts\booklet.exe" (
  ".venv\Scripts\booklet.exe" build
  goto done
)
where booklet >nul 2>nul
if not errorlevel 1 (
  booklet build
  goto done
)
py -c "import booklet" >nul 2>nul
if not errorlevel 1 (
  py -m booklet build
  goto done
)
python -c "import booklet" >nul 2>nul
if not errorlevel 1 (
  python -m booklet build
  goto done
)
echo booklet が見つかりません。先に「py -m pip install booklet」で入れてください。
goto end
:done
if errorlevel 1 (
  echo 上の説明を見て原稿を直し、もう一度ダブルクリックしてください。
) else (
  echo できました。build フォルダーを開きます。
  start "" build
)
:end
pause
