package io.trimtab.service.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendationQueryTest {
    /** Name, what, saving, chance of a kill before and after, day since. */
    private static final List<RecommendationView> ALL = List.of(
            made("shop/Deployment/web/app", "Resize", 9, 0.2, 0.01, 3),
            made("shop/Deployment/web/replicas", "Scale", -4, -1, -1, 2),
            made("shop/StatefulSet/db/db", "Resize", -2, 0.5, 0.3, 1),
            made("data/Deployment/etl/app", "Hold", 0, 0, 0, 4));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                          | web/app etl/app db/db web/replicas
        sort=saving                | web/app etl/app db/db web/replicas
        sort=saving&order=asc      | web/replicas db/db etl/app web/app
        sort=risk                  | db/db web/app etl/app web/replicas
        sort=risk&order=ASC        | web/replicas etl/app web/app db/db
        sort=riskAfter             | db/db web/app etl/app web/replicas
        sort=since                 | etl/app web/app web/replicas db/db
        sort=since&order=asc       | db/db web/replicas web/app etl/app
        sort=workload              | etl/app web/app web/replicas db/db
        sort=workload&order=desc   | db/db web/replicas web/app etl/app
        namespace=SHOP             | web/app db/db web/replicas
        namespace=nowhere          | -
        kind=statefulset           | db/db
        kind=Resize                | web/app db/db
        container=app              | web/app etl/app
        container=replicas         | web/replicas
        policy=db                  | db/db
        action=change              | web/app db/db web/replicas
        action=resize              | web/app db/db
        action=Scale               | web/replicas
        action=hold                | etl/app
        action=all&namespace=      | web/app etl/app db/db web/replicas
        q=WEB                      | web/app web/replicas
        q=reason of db             | db/db
        q=web&action=resize        | web/app
        """)
    void selects(String address, String expected) {
        List<RecommendationView> found = query(address).select(ALL);
        assertThat(found.stream()
                        .map(view -> view.workload() + "/" + view.subject())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sort=money                     | sort (money) must be one of saving, risk, riskAfter, since, workload
        order=up                       | order (up) must be one of asc, desc
        action=grow                    | action (grow) must be one of change, resize, retune, scale, hold, all
        namespace=a&namespace=b        | namespace ([a, b]) must be one text
        """)
    void refuses(String address, String message) {
        assertThatThrownBy(() -> query(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static RecommendationQuery query(String address) {
        Map<String, List<String>> parameters = Stream.ofNullable(address)
                .flatMap(text -> Arrays.stream(text.split("&")))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0], LinkedHashMap::new, Collectors.mapping(pair -> pair[1], Collectors.toList())));
        return RecommendationQuery.of(name -> parameters.getOrDefault(name, List.of()));
    }

    private static RecommendationView made(
            String id, String kind, int saving, double killedBefore, double killedAfter, int day) {
        return MadeRecommendation.of(id, kind, saving, killedBefore, killedAfter, day);
    }
}
