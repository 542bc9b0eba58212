package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recommendation.
 *
 * @param id stable from round to round: workload and subject, such as {@code shop/Deployment/web/app} or {@code shop/Deployment/web/replicas}
 * @param kind Resize, Scale or Hold
 * @param subject a container's name, or {@code replicas}
 * @param changes empty for a Hold
 * @param perMonth of all pods of the workload
 * @param reasons the first is the decisive one
 * @param since when it began to be recommended: the same but for amounts that drift by up to a tenth, over restarts too
 * @param outcome what became of it: applied, dry run, skipped or refused, and why; empty text when nothing was tried
 * @param patch a YAML patch that makes the change; empty text for a Hold
 * @param policy that governs the workload, or those that tie; empty text where none does
 * @param previous what was recommended before; null where nothing is remembered
 * @param basis what it rests on; null for replicas, which follow the usage of now
 */
public record RecommendationView(
        String id,
        String namespace,
        String workloadKind,
        String workload,
        String kind,
        String subject,
        List<Change> changes,
        MoneyChange perMonth,
        List<ReasonView> reasons,
        Instant since,
        String outcome,
        String patch,
        String policy,
        @Nullable PreviousView previous,
        @Nullable BasisView basis) {}
