package io.trimtab.service.loop;

import io.trimtab.cost.units.Money;
import io.trimtab.recommend.PodReason.PodGroup;
import io.trimtab.recommend.PodReason.StartUpBoost;
import io.trimtab.recommend.PodReason.TwoGroups;
import io.trimtab.recommend.Reason;
import io.trimtab.service.view.BasisView.GroupLabelView;
import io.trimtab.service.view.BasisView.GroupView;
import io.trimtab.service.view.BasisView.GroupsView;
import io.trimtab.service.view.BasisView.StartUpView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows what a recommendation says of single pods: what they should have while they start, and which of them are busier than the others. */
final class PodRendering {
    private PodRendering() {}

    /** @param container of which the recommendation is shown; a retune speaks of several */
    static @Nullable StartUpView startUp(List<Reason> reasons, String container) {
        return reasons.stream()
                .filter(StartUpBoost.class::isInstance)
                .map(StartUpBoost.class::cast)
                .filter(boost -> boost.container().equals(container))
                .findFirst()
                .map(boost -> new StartUpView(
                        boost.request().toString(),
                        boost.limit().isEmpty() ? null : Amounts.cpu(boost.limit()),
                        boost.lasts().toSeconds(),
                        boost.used().toString(),
                        boost.starts(),
                        boost.atLimit(),
                        boost.slower().toSeconds(),
                        boost.always()))
                .orElse(null);
    }

    static @Nullable GroupsView groups(List<Reason> reasons) {
        return reasons.stream()
                .filter(TwoGroups.class::isInstance)
                .map(TwoGroups.class::cast)
                .findFirst()
                .map(PodRendering::view)
                .orElse(null);
    }

    private static GroupsView view(TwoGroups it) {
        Optional<Money> saving = it.saving();
        return new GroupsView(
                view(it.busier()),
                view(it.quieter()),
                it.by()
                        .map(label -> new GroupLabelView(label.key(), label.busier(), label.quieter()))
                        .orElse(null),
                saving.isEmpty() ? null : saving.get().amount());
    }

    private static GroupView view(PodGroup group) {
        return new GroupView(
                group.pods(),
                group.names(),
                group.usual().toString(),
                group.needed().toString());
    }
}
