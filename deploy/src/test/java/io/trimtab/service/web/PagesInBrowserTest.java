package io.trimtab.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.service.Served;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's pages as people see them. */
class PagesInBrowserTest {
    private static final List<String> PAGES = List.of("/", "/recommendations", "/nodes", "/costs", "/status");

    /** The smallest contrast of any text with what is painted behind it, as WCAG 2.1 counts it. */
    private static final String LOWEST_CONTRAST = """
        const parse = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
        const linear = part => { part /= 255; return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4); };
        const luminance = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
        const behind = element => {
          for (let e = element; e; e = e.parentElement) {
            const c = parse(getComputedStyle(e).backgroundColor);
            if (c.length < 4 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        let worst = [21, ''];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const e = node.parentElement;
          if (!node.textContent.trim() || !e.checkVisibility() || e.closest('svg, canvas, script, style')) continue;
          const front = luminance(parse(getComputedStyle(e).color)), back = luminance(behind(e));
          const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
          if (ratio < worst[0]) worst = [ratio, node.textContent.trim()];
        }
        return worst[0].toFixed(2) + ' ' + worst[1];
        """;

    private static Served demo;
    private static Browser browser;
    private static String evidence;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        demo = Served.readyDemo();
        String id = new JsonMapper()
                .readTree(demo.get("/api/v1/plan").body())
                .path("top")
                .path(0)
                .path("id")
                .asText();
        evidence = "/recommendations?open=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
        if (demo != null) demo.close();
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
    void everyPageFitsIsReadableAndLeavesTheConsoleEmpty(int width, String scheme) {
        browser.look(width, scheme);
        for (String page : pages()) {
            browser.open(demo.url() + page);
            assertThat(browser.console()).as("console of %s", page).isEmpty();
            assertThat(number("return document.documentElement.scrollWidth"))
                    .as("%s does not scroll sideways", page)
                    .isLessThanOrEqualTo(width);
            assertThat((String) browser.run("return document.querySelector('.banner').innerText"))
                    .as(page)
                    .contains("Simulated");
            String contrast = (String) browser.run(LOWEST_CONTRAST);
            assertThat(Double.parseDouble(contrast.substring(0, contrast.indexOf(' '))))
                    .as("lowest contrast on %s: %s", page, contrast)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void darkIsDarkAndLightIsLight() {
        browser.look(1280, "light");
        browser.open(demo.url() + "/");
        Object light = browser.run("return getComputedStyle(document.body).backgroundColor");
        browser.look(1280, "dark");
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
    }

    @Test
    void theEvidenceIsDrawn() {
        browser.look(1280, "light");
        browser.open(demo.url() + evidence);
        assertThat(number("return document.querySelectorAll('.uplot canvas').length"))
                .isGreaterThanOrEqualTo(2);
        assertThat(number("return Math.max(...Array.from(document.querySelectorAll('.uplot canvas'), c => {"
                        + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                        + " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n; }))"))
                .as("painted pixels")
                .isGreaterThan(1_000);
    }

    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        browser.look(1280, "light");
        Set<String> links = new TreeSet<>();
        for (String page : pages()) {
            browser.open(demo.url() + page);
            List<?> found = (List<?>)
                    browser.run("return Array.from(document.querySelectorAll('a[href]'), a => a.href.split('#')[0])");
            found.forEach(link -> links.add((String) link));
        }
        assertThat(links).hasSizeGreaterThan(10);
        for (String link : links) {
            if (!link.startsWith(demo.url())) continue;
            assertThat(demo.get(link.substring(demo.url().length())).statusCode())
                    .as(link)
                    .isEqualTo(200);
        }
    }

    private static List<String> pages() {
        List<String> pages = new ArrayList<>(PAGES);
        pages.add(evidence);
        return pages;
    }

    private static long number(String script) {
        return ((Number) browser.run(script)).longValue();
    }
}
