package io.trimtab.service.web;

import io.trimtab.house.House;
import io.trimtab.service.testbed.Requirement;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, with a profile of its own. Where it is not installed, the test ends as {@link Requirement} says. */
final class Browser implements AutoCloseable {
    private static final int HEIGHT = 900;
    private static final String CONTRAST = script("contrast.js");

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    static Browser open() throws IOException {
        Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<File> chromeDriver = onPath("chromedriver");
        if (chromium.isEmpty() || chromeDriver.isEmpty())
            Requirement.missing("'chromium' and 'chromedriver' are not on PATH; install them: apt-get install chromium"
                    + " chromium-driver");
        Path profile = Files.createTempDirectory("trimtab-browser-");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromeDriver.orElseThrow())
                .build();
        return new Browser(profile, new ChromeDriver(service, options));
    }

    private static Optional<File> onPath(String... names) {
        List<String> folders =
                List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    private static String script(String name) {
        try (var stream = Browser.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException("there is no " + name);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param width in CSS pixels
     * @param scheme light or dark
     */
    void look(String url, int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.get(url);
    }

    /** What the console was told since the last call and ought not to have been. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** By how many pixels the page is wider than the window. */
    long overflow() {
        return (Long) run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Texts whose contrast is under what WCAG 2.2, success criterion 1.4.3 asks for, each with its ratio. */
    @SuppressWarnings("unchecked")
    List<String> faint() {
        return (List<String>) run(CONTRAST);
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** @return the script's list of texts */
    @SuppressWarnings("unchecked")
    List<String> texts(String script) {
        return (List<String>) run(script);
    }

    boolean is(String script) {
        return Boolean.TRUE.equals(run("return Boolean(" + script + ")"));
    }

    /** Waits up to ten seconds for an expression of JavaScript to be true. */
    void await(String expression) {
        Object held = driver.executeAsyncScript("""
            const [done] = arguments;
            const end = performance.now() + 10000;
            const look = () => {
              if (%s) done(true);
              else if (performance.now() > end) done(false);
              else setTimeout(look, 20);
            };
            look();\
            """.formatted(expression));
        if (!Boolean.TRUE.equals(held)) throw new AssertionError("never true: " + expression);
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** The whole page into {@code deploy/target/screenshots}. */
    void keep(String name) throws IOException {
        long height = (Long) run("return Math.min(6000, document.documentElement.scrollHeight)");
        long width = (Long) run("return window.innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", Math.max(HEIGHT, height), "deviceScaleFactor", 1, "mobile", false));
        Path folder = Files.createDirectories(House.root().resolve("deploy/target/screenshots"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
