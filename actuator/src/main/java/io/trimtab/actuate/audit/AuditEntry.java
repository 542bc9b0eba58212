package io.trimtab.actuate.audit;

import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import java.time.Instant;

/** One line of the log: the recommendation holds before, after and why, the outcome what came of it. */
public record AuditEntry(Instant at, Recommendation recommendation, Outcome outcome) {}
