package io.trimtab.actuate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Recommendation;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final WorkloadId WEB = new WorkloadId("shop", "Deployment", "web");
    private static final Money NO_MONEY = Money.zero(Currency.getInstance("USD"));

    private final List<AuditEntry> stored = new ArrayList<>();
    private final AuditLog log = new AuditLog(2, stored::add);
    private final AuditedActuator audited = new AuditedActuator(
            it -> new Outcome.Applied(it.workload(), "done"), log, InstantSource.fixed(Instant.EPOCH));

    private static Recommendation.Scale scale(int to) {
        return new Recommendation.Scale(WEB, 1, to, new Impact(NO_MONEY, NO_MONEY), List.of(new PodReason.NoSamples()));
    }

    @Test
    void keepsTheLatestNewestFirstAndStoresAll() {
        for (int to = 2; to <= 4; to++)
            assertThat(audited.apply(scale(to))).isEqualTo(new Outcome.Applied(WEB, "done"));
        assertThat(log.latest(10)).extracting(AuditEntry::recommendation).containsExactly(scale(4), scale(3));
        assertThat(log.latest(1))
                .containsExactly(new AuditEntry(Instant.EPOCH, scale(4), new Outcome.Applied(WEB, "done")));
        assertThat(stored).hasSize(3);
    }

    @Test
    void aHoldIsNoAct() {
        audited.apply(new Recommendation.Hold(WEB, "app", List.of(new PodReason.NoSamples())));
        assertThat(log.latest(10)).isEmpty();
    }

    @Test
    void aFullDiskLosesNoEntryInMemory() {
        AuditLog failing = new AuditLog(2, _ -> {
            throw new IOException("no space left");
        });
        failing.append(new AuditEntry(Instant.EPOCH, scale(2), new Outcome.Applied(WEB, "done")));
        assertThat(failing.latest(10)).hasSize(1);
    }

    @Test
    void capacityIsChecked() {
        assertThatThrownBy(() -> new AuditLog(0, stored::add)).hasMessage("audit log capacity (0) must be at least 1");
    }
}
