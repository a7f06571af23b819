@echo off
rem Starts tonyReactor in the foreground. Try: reactor --help
rem JAVA_HOME names the Java to use, else the one on the PATH is taken; JAVA_OPTS are further options for it.
setlocal
set "ROOT=%~dp0.."
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
where /q "%JAVA%" 2>nul || if not exist "%JAVA%" (
  echo tonyReactor: there is no Java at '%JAVA%': install Java 17 or newer and set JAVA_HOME to it 1>&2
  exit /b 1
)
"%JAVA%" -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow -Xms8m -XX:+UseCompactObjectHeaders -XX:CompileThresholdScaling=2 -Dtonyreactor.unwarned=true %JAVA_OPTS% -jar "%ROOT%\lib\felix-launcher-${project.version}.jar" %*
exit /b %ERRORLEVEL%
