package io.trimtab.ingest.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordStoreTest {
    private RecordStore<ConfigMap, Integer> store = new RecordStore<>(
            ConfigMap::new, map -> Integer.parseInt(map.getData().get("n")));

    private void put(String name, String version, String number) {
        var object = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withResourceVersion(version)
                .addToLabels("a", "b")
                .endMetadata()
                .addToData("n", number)
                .build();
        store.put(store.getKey(object), object);
    }

    @Test
    void keepsTheRecordAndOfTheObjectItsIdentity() {
        put("a", "7", "1");
        assertThat(store.records()).containsExactly(1);
        assertThat(store.get("shop/a").getData()).isNullOrEmpty();
        assertThat(store.get("shop/a").getMetadata().getLabels()).isNullOrEmpty();
        assertThat(store.get("shop/a").getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(store.keySet()).containsExactly("shop/a");
        assertThat(store.values()).hasSize(1);
        assertThat(store.remove("shop/a")).isNotNull();
        assertThat(store.remove("shop/a")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void anUnreadableObjectKeepsItsLastRecordAndIsNamed() {
        put("a", "7", "1");
        put("a", "8", "one");
        put("b", "9", "two");
        assertThat(store.records()).containsExactly(1);
        assertThat(store.unreadable()).containsOnlyKeys("shop/a", "shop/b");
        put("a", "10", "2");
        store.remove("shop/b");
        assertThat(store.records()).containsExactly(2);
        assertThat(store.unreadable()).isEmpty();
    }

    @Test
    void findsByNamespaceAndName() {
        put("a", "7", "1");
        put("b", "8", "2");
        put("c", "9", "three");
        assertThat(store.records("shop")).containsExactlyInAnyOrder(1, 2);
        assertThat(store.records("other")).isEmpty();
        assertThat(store.record("shop", "b")).contains(2);
        assertThat(store.record("shop", "c")).isEmpty();
        assertThat(store.record("other", "b")).isEmpty();
        assertThat(store.complaint("shop", "c")).isPresent();
        assertThat(store.complaint("shop", "b")).isEmpty();
        store.clear();
        assertThat(store.size()).isZero();
        assertThat(store.unreadable()).isEmpty();
    }

    @Test
    void tellsOfWhatIsNewOtherOrGone() {
        List<String> heard = new ArrayList<>();
        store = new RecordStore<>(
                ConfigMap::new,
                object -> Integer.parseInt(object.getData().get("n")),
                (before, after) -> heard.add(before + " > " + after));
        put("a", "7", "1");
        put("a", "8", "1");
        put("a", "9", "2");
        put("a", "10", "odd");
        store.remove("shop/a");
        store.remove("shop/a");
        assertThat(heard)
                .containsExactly(
                        "Optional.empty > Optional[1]", "Optional[1] > Optional[2]", "Optional[2] > Optional.empty");
    }

    @Test
    void holdsWhatWasPutLastAndNotRemoved_seed7() {
        Map<String, Integer> model = new HashMap<>();
        Map<String, Integer> told = new HashMap<>();
        store = new RecordStore<>(
                ConfigMap::new, object -> Integer.parseInt(object.getData().get("n")), (before, after) -> {
                    told.merge("changes", 1, Integer::sum);
                    assertThat(before).isNotEqualTo(after);
                });
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            String name = "c" + random.nextInt(20);
            int number = random.nextInt(3);
            if (random.nextInt(3) == 0) {
                store.remove("shop/" + name);
                model.remove(name);
            } else {
                put(name, Integer.toString(round), Integer.toString(number));
                model.put(name, number);
            }
            assertThat(store.size()).isEqualTo(model.size());
            assertThat(store.record("shop", name)).isEqualTo(Optional.ofNullable(model.get(name)));
        }
        assertThat(store.records("shop")).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(store.records()).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(told.get("changes")).isGreaterThan(1_000);
    }

    @Test
    void killsAreKeptOnceAndTheOldestForgotten() {
        KillLog log = new KillLog(2);
        log.add(List.of(kill("a", 1, 10), kill("a", 1, 20), kill("b", 2, 20)));
        assertThat(log.seenAfter(Instant.ofEpochSecond(9))).containsExactly(kill("a", 1, 10), kill("b", 2, 20));
        assertThat(log.seenAfter(Instant.ofEpochSecond(10))).containsExactly(kill("b", 2, 20));
        log.add(List.of(kill("c", 3, 30)));
        assertThat(log.seenAfter(Instant.EPOCH)).containsExactly(kill("b", 2, 20), kill("c", 3, 30));
    }

    /** After a restart the pods are listed once more, with kills that were known before. */
    @Test
    void aRestoredKillIsAsOldAsItWas() {
        KillLog log = new KillLog(2);
        log.add(List.of(kill("a", 1, 50), kill("c", 3, 50)));
        log.restore(List.of(kill("a", 1, 10), kill("b", 2, 20)));
        assertThat(log.seenAfter(Instant.EPOCH)).containsExactly(kill("b", 2, 20), kill("c", 3, 50));
        log.restore(List.of(kill("b", 2, 15)));
        assertThat(log.seenAfter(Instant.EPOCH)).containsExactly(kill("b", 2, 15), kill("c", 3, 50));
    }

    private static OutOfMemoryKill kill(String pod, long at, long seen) {
        return new OutOfMemoryKill(
                new ContainerId(new PodId("shop", pod), "app"),
                Instant.ofEpochSecond(at),
                new Bytes(1),
                Instant.ofEpochSecond(seen));
    }
}
