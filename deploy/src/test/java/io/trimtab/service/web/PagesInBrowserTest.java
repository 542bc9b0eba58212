package io.trimtab.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.service.Served;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Every page of the demo, as a person sees and uses it. */
class PagesInBrowserTest {
    private static final Map<String, String> PAGES = new TreeMap<>(Map.ofEntries(
            Map.entry("overview", "/"),
            Map.entry("recommendations", "/recommendations"),
            Map.entry("workloads", "/workloads"),
            Map.entry("policies", "/policies"),
            Map.entry("nodes", "/nodes"),
            Map.entry("nodes-recommended", "/nodes?requests=recommended"),
            Map.entry("costs", "/costs"),
            Map.entry("budgets", "/budgets"),
            Map.entry("zero", "/zero"),
            Map.entry("status", "/status"),
            Map.entry("api-docs", "/api-docs"),
            Map.entry("workload", "/workloads")));
    private static final Pattern HREF = Pattern.compile("(?:href|src|hx-get|action)=\"([^\"]*)\"");
    private static Browser browser;
    private static Served demo;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.open();
        demo = Served.readyDemo();
    }

    @AfterAll
    static void stop() throws Exception {
        if (demo != null) demo.close();
        if (browser != null) browser.close();
    }

    static Stream<Arguments> looks() {
        return PAGES.keySet().stream()
                .flatMap(page -> Stream.of(1280, 400)
                        .flatMap(width -> Stream.of("light", "dark").map(scheme -> Arguments.of(page, width, scheme))));
    }

    @ParameterizedTest(name = "{0}, {1} px, {2}")
    @MethodSource("looks")
    void looksRight(String page, int width, String scheme) throws Exception {
        browser.look(demo.url() + PAGES.get(page), width, scheme);
        if (page.equals("workload")) {
            browser.click("tr[data-row] a");
            browser.await("document.querySelector('#runtime')");
        }
        if (page.equals("api-docs")) browser.await("document.querySelector('.opblock')");

        assertThat(browser.errors()).as("console").isEmpty();
        assertThat(browser.overflow()).as("pixels to scroll sideways").isZero();
        assertThat(browser.is("document.querySelector('.banner').checkVisibility()"))
                .as("the mark of a simulated cluster is seen")
                .isTrue();
        // The description's colours are those of its renderer.
        if (!page.equals("api-docs")) assertThat(browser.faint()).as("contrast").isEmpty();
        browser.keep("%s-%d-%s".formatted(page, width, scheme));
    }

    @ParameterizedTest(name = "{0}, {1} px, {2}")
    @MethodSource("evidenceLooks")
    void aRowOpensInPlace(String way, int width, String scheme) throws Exception {
        browser.look(demo.url() + "/recommendations", width, scheme);
        if (way.equals("mouse")) browser.click("tr[data-row] a");
        else browser.press("j", Keys.ENTER);
        browser.await("document.querySelectorAll('.evidence canvas').length === 2");

        assertThat(browser.run("return location.pathname")).isEqualTo("/recommendations");
        assertThat(browser.texts("return [...document.querySelectorAll('.chart h3')].map(e => e.textContent)"))
                .hasSize(2)
                .allMatch(title -> title.matches(".*[0-9].*"), "says a number");
        assertThat((Long) run("document.querySelectorAll('.chart details tr').length"))
                .as("rows of the tables behind the charts")
                .isGreaterThan(100);
        assertThat(browser.errors()).as("console").isEmpty();
        assertThat(browser.overflow()).as("pixels to scroll sideways").isZero();
        assertThat(leaving()).as("charts that leave their place").isEmpty();
        assertThat(browser.faint()).as("contrast").isEmpty();
        browser.keep("evidence-%d-%s".formatted(width, scheme));
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "400, dark"})
    void aWorkloadShowsWhatIsToCome(int width, String scheme) throws Exception {
        browser.look(demo.url() + "/workloads/catalog/Deployment/catalog-service", width, scheme);
        showsWhatIsToCome("forecast", width, scheme, ".*: CPU", ".*: memory");
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "400, dark"})
    void aNamespaceAndAPoolShowWhatIsToCome(int width, String scheme) throws Exception {
        browser.look(demo.url() + "/costs?namespace=catalog", width, scheme);
        showsWhatIsToCome("forecast-namespace", width, scheme, "CPU", "memory", "spend");
        assertThat(browser.texts("return [...document.querySelectorAll('.chart p')].map(e => e.textContent)"))
                .anyMatch(text -> text.matches(".*members add up to .*: together they need [0-9]+ % less\\."));

        browser.look(demo.url() + "/nodes", width, scheme);
        browser.click("#pools a");
        showsWhatIsToCome("forecast-pool", width, scheme, "CPU", "memory");
    }

    private static void showsWhatIsToCome(String name, int width, String scheme, String... titles) throws Exception {
        browser.await("document.querySelectorAll('[data-forecast] canvas').length === " + titles.length);
        List<String> shown =
                browser.texts("return [...document.querySelectorAll('.chart h3')].map(e => e.textContent)");
        assertThat(shown).hasSameSizeAs(titles);
        for (int i = 0; i < titles.length; i++)
            assertThat(shown.get(i)).matches(titles[i] + " stays below \\$?[0-9.]+.* in the next hour.*");
        assertThat((Long) run("document.querySelectorAll('.chart details tr').length"))
                .as("rows of the tables behind the charts")
                .isGreaterThan(100);
        assertThat(browser.errors()).as("console").isEmpty();
        assertThat(browser.overflow()).as("pixels to scroll sideways").isZero();
        assertThat(leaving()).as("charts that leave their place").isEmpty();
        assertThat(browser.faint()).as("contrast").isEmpty();
        browser.keep("%s-%d-%s".formatted(name, width, scheme));
    }

    private static List<String> leaving() {
        return browser.texts("""
            return [...document.querySelectorAll('.chart')]
              .filter(e => e.querySelector('.uplot').getBoundingClientRect().right > e.getBoundingClientRect().right + 1)
              .map(e => e.querySelector('h3').textContent)\
            """);
    }

    static Stream<Arguments> evidenceLooks() {
        return Stream.of(
                Arguments.of("mouse", 1280, "light"),
                Arguments.of("mouse", 400, "dark"),
                Arguments.of("keyboard", 1280, "dark"),
                Arguments.of("keyboard", 400, "light"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "recommendations", "workloads", "policies", "nodes", "costs", "status"})
    void theFocusIsSeenOnEveryStop(String page) {
        browser.look(demo.url() + PAGES.get(page), 1280, "light");
        Set<String> stops = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            browser.tab();
            if (browser.is("document.activeElement === document.body")) break;
            stops.add((String) run("document.activeElement.outerHTML"));
            assertThat((Double) run("""
                (() => { const s = getComputedStyle(document.activeElement);
                  return s.outlineStyle === 'none' ? 0.5 : parseFloat(s.outlineWidth) + 0.5 })()\
                """))
                    .as("outline of %s", run("document.activeElement.outerHTML.slice(0, 200)"))
                    .isGreaterThanOrEqualTo(2.5);
        }
        assertThat(stops).hasSizeGreaterThan(4);
    }

    @Test
    void keysSearchMoveAndHelp() {
        browser.look(demo.url() + "/recommendations", 1280, "light");
        browser.press("?");
        assertThat(browser.is("document.getElementById('help').open")).isTrue();
        browser.press(Keys.ESCAPE);
        browser.press("jjk");
        assertThat(browser.is("document.querySelectorAll('tr[data-row]')[0].classList.contains('at')"))
                .isTrue();
        browser.press("/");
        assertThat(browser.is("document.activeElement.type === 'search'")).isTrue();
    }

    /** Money and counts are links, or stand in a row with the link to what they were made of. */
    @ParameterizedTest
    @ValueSource(strings = {"overview", "recommendations", "workloads", "policies", "nodes", "costs"})
    void everyNumberLeadsToItsEvidence(String page) {
        browser.look(demo.url() + PAGES.get(page), 1280, "light");

        assertThat((Long) run("document.querySelectorAll('main .n, main b, main h1').length"))
                .isGreaterThan(5);
        assertThat(browser.texts("""
            return [...document.querySelectorAll('main td.n, main b, main h1 span, main p span')]
              .filter(e => /\\d/.test(e.textContent) && e.checkVisibility() && !e.closest('.pages'))
              .filter(e => !e.closest('a[href]') && !(e.closest('tr') && e.closest('tr').querySelector('a[href]')))
              .map(e => e.textContent)\
            """)).as("numbers that lead nowhere").isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        Set<String> seen = new HashSet<>(Set.of("/"));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String path = open.pop();
            // What htmx asks for is asked for as htmx does.
            boolean fragment = path.startsWith("/recommendations/evidence");
            HttpResponse<String> page = fragment
                    ? demo.get(path, "Accept", "text/html", "HX-Request", "true")
                    : demo.get(path, "Accept", "text/html");
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            String type = page.headers().firstValue("Content-Type").orElse("");
            if (!type.startsWith("text/html")) continue;
            for (String link : links(page.body())) {
                if (link.startsWith("data:") || link.isEmpty()) continue;
                URI target = URI.create("http://here" + path).resolve(link);
                assertThat(target.getHost()).as("%s of %s", link, path).isEqualTo("here");
                String next = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
                if (seen.add(next)) open.push(next);
            }
        }
        assertThat(seen).hasSizeGreaterThan(40);
    }

    private static List<String> links(String html) {
        return HREF.matcher(html)
                .results()
                .map(match -> match.group(1).replace("&amp;", "&").replace("&#39;", "'"))
                .toList();
    }

    private static Object run(String expression) {
        return browser.run("return " + expression);
    }
}
