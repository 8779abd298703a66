package io.catwalk.system.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Debian's Chromium without a window, at the console's pages. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final int TABLET = 600;
    /** axe-core's findings that keep somebody from using a page. */
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private final ChromeDriver driver;
    private final URI console;

    private Browser(ChromeDriver driver, URI console) {
        this.driver = driver;
        this.console = console;
    }

    /** @throws IllegalStateException on a machine without Chromium or its driver */
    public static Browser at(URI console) {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            throw new IllegalStateException(
                    CHROMIUM + " or " + DRIVER + " is missing: install Debian's package chromium-driver");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--hide-scrollbars",
                "--lang=en-GB",
                "--window-size=1440,1000");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        return new Browser(new ChromeDriver(service, options), console);
    }

    /** Opens a page, by its path. */
    public void open(String path) {
        driver.get(console.resolve(path).toString());
    }

    /** The page that is shown, by its path. */
    public String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** The text of what a CSS selector chooses first, as soon as it is there. */
    public String text(String selector) {
        return find(selector).getText();
    }

    public boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    public void click(String selector) {
        act(selector, WebElement::click);
    }

    /** Fills a field. */
    public void type(String selector, String text) {
        act(selector, field -> {
            field.clear();
            field.sendKeys(text);
        });
    }

    /** Once more where the page exchanges its parts at this moment. */
    private void act(String selector, Consumer<WebElement> what) {
        await(selector)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .ignoreException(ElementNotInteractableException.class)
                .until(() -> {
                    what.accept(find(selector));
                    return true;
                });
    }

    /** Waits until a part of the page says something. */
    public void awaitText(String selector, String text) {
        await(selector + " says " + text)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> driver.findElements(By.cssSelector(selector)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    /** Waits until there is such an element. */
    public WebElement find(String selector) {
        await(selector).atMost(PATIENCE).until(() -> has(selector));
        return driver.findElement(By.cssSelector(selector));
    }

    /** What a script in the page gives. */
    public Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Drops a file on an element. */
    public void drop(String selector, Path file) {
        WebElement hand =
                (WebElement) driver.executeScript("const hand = document.createElement('input'); hand.type = 'file';"
                        + " document.body.append(hand); return hand");
        Objects.requireNonNull(hand).sendKeys(file.toString());
        driver.executeScript(
                "const carried = new DataTransfer(); carried.items.add(arguments[0].files[0]); arguments[0].remove();"
                        + " arguments[1].dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: carried, bubbles: true, cancelable: true}));",
                hand,
                find(selector));
    }

    /** Shows pages as a screen of that size does, which a window can't be made for where it is narrow. */
    public void emulate(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < TABLET));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Whether the page that is shown is wider than its screen. */
    public boolean overflows() {
        return Boolean.TRUE.equals(driver.executeScript(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    /** What axe-core finds in the page that is shown, one line a rule. */
    public List<String> barriers() {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']})"
                        + ".then(all => done(all.violations.map(one => ({impact: one.impact, text: one.id + ': ' +"
                        + " one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join('; ')}))));");
        return ((List<?>) Objects.requireNonNull(found))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> SERIOUS.contains(one.get("impact")))
                        .map(one -> path() + " " + one.get("text"))
                        .toList();
    }

    /** Errors of the page's scripts, and what its policy has kept out. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .filter(line -> line.contains("SEVERE"))
                .toList();
    }

    /** Waits until all pictures that are in sight are there. */
    public void awaitPictures() {
        await("pictures")
                .atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(driver.executeScript(
                        "return [...document.images].every(image => image.complete || image.loading === 'lazy')")));
    }

    /** Writes what is shown, as PNG. */
    public void photograph(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
