package io.trimtab.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountQuery;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountParametersTest {
    /** A Wednesday. */
    private static final Instant NOW = Instant.parse("2026-11-18T10:20:30Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        today     | 2026-11-18T00:00:00Z | 2026-11-18T11:00:00Z
        yesterday | 2026-11-17T00:00:00Z | 2026-11-18T00:00:00Z
        week      | 2026-11-16T00:00:00Z | 2026-11-18T11:00:00Z
        lastweek  | 2026-11-09T00:00:00Z | 2026-11-16T00:00:00Z
        month     | 2026-11-01T00:00:00Z | 2026-11-18T11:00:00Z
        lastmonth | 2026-10-01T00:00:00Z | 2026-11-01T00:00:00Z
        30m       | 2026-11-18T09:00:00Z | 2026-11-18T11:00:00Z
        1h        | 2026-11-18T09:00:00Z | 2026-11-18T11:00:00Z
        7d        | 2026-11-11T10:00:00Z | 2026-11-18T11:00:00Z
        2026-11-01T00:00:00Z,2026-11-02T00:00:00Z | 2026-11-01T00:00:00Z | 2026-11-02T00:00:00Z
        2026-11-01T00:30:00Z,2026-11-01T00:40:00Z | 2026-11-01T00:00:00Z | 2026-11-01T01:00:00Z
        2026-11-18T00:00:00Z,2026-12-24T00:00:00Z | 2026-11-18T00:00:00Z | 2026-11-18T11:00:00Z
        """)
    void windows(String window, Instant start, Instant end) {
        AccountQuery query = new AccountParameters(window, "namespace", "", "").query(NOW);
        assertThat(query.window().start()).isEqualTo(start);
        assertThat(query.window().end()).isEqualTo(end);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
    @CsvSource(delimiter = '^', nullValues = "-", quoteCharacter = '`', textBlock = """
        fortnight ^ namespace ^ `` ^ `` ^ window (fortnight) must be today
        `` ^ namespace ^ `` ^ `` ^ window () must be today
        0s ^ namespace ^ `` ^ `` ^ window (0s) must end after it starts
        10000d ^ namespace ^ `` ^ `` ^ window (10000d) must not be longer than 400 days
        2026-11-02T00:00:00Z,2026-11-01T00:00:00Z ^ namespace ^ `` ^ `` ^ must end after it starts
        2016-11-02T00:00:00Z,2026-11-01T00:00:00Z ^ namespace ^ `` ^ `` ^ must not be longer than 400 days
        2027-01-01T00:00:00Z,2027-01-02T00:00:00Z ^ namespace ^ `` ^ `` ^ lies in the future
        7d ^ colour ^ `` ^ `` ^ aggregate (colour) must be namespace
        7d ^ namespace,label: ^ `` ^ `` ^ aggregate (namespace,label:) must be
        7d ^ namespace ^ soon ^ `` ^ step (soon) must be a duration
        7d ^ namespace ^ 90m ^ `` ^ step (PT1H30M) must be of whole hours
        7d ^ namespace ^ 0s ^ `` ^ step (PT0S) must be of whole hours
        7d ^ namespace ^ `` ^ colour:"a" ^ filter (colour:"a") must have namespace, controllerKind
        7d ^ namespace ^ `` ^ namespace ^ must have : or ~:
        7d ^ namespace ^ `` ^ namespace: ^ must have a value, such as "shop" at its character 11
        7d ^ namespace ^ `` ^ namespace:"a"+ ^ must have namespace, controllerKind
        7d ^ namespace ^ `` ^ namespace:"a" or ^ must have +, | or the end at its character 15
        7d ^ namespace ^ `` ^ namespace:"a"+pod:"b"|pod:"c" ^ must have the same sign as before, or parentheses around either, at its character 22
        7d ^ namespace ^ `` ^ (namespace:"a" ^ must have ) at its character 15
        """)
    void whatDoesNotParseIsNamed(String window, String aggregate, String step, String filter, String said) {
        assertThatThrownBy(() -> new AccountParameters(window, aggregate, step, filter).query(NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        namespace:"a" | Condition[field=Namespace[], not=false, match=EQUALS, values=[a]]
        namespace:a,"b c" | Condition[field=Namespace[], not=false, match=EQUALS, values=[a, b c]]
        controllerKind!:"Job" + label[app/team]~:"x" | All[parts=[Condition[field=ControllerKind[], not=true, match=EQUALS, values=[Job]], Condition[field=Label[name=app/team], not=false, match=CONTAINS, values=[x]]]]
        controllerName<~:"web-" | Condition[field=Controller[], not=false, match=STARTS_WITH, values=[web-]]
        pod!~>:"-0"+node:"n1" | All[parts=[Condition[field=Pod[], not=true, match=ENDS_WITH, values=[-0]], Condition[field=Node[], not=false, match=EQUALS, values=[n1]]]]
        """)
    void filters(String text, String expected) {
        assertThat(FilterParser.parse(text).toString()).isEqualTo(expected);
        assertThat(FilterParser.parse("node:n1|(pod:a+node:n2)").toString())
                .matches("Any\\[parts=\\[Condition.*, All\\[parts=\\[Condition.*, Condition.*]]]]");
        assertThat(FilterParser.parse("")).isEqualTo(AccountFilter.none());
    }
}
