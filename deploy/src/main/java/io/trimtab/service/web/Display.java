package io.trimtab.service.web;

import io.trimtab.cost.units.Bytes;
import io.trimtab.service.explain.Explanation;
import io.trimtab.service.explain.RiskWords;
import io.trimtab.service.view.BasisView;
import io.trimtab.service.view.BasisView.RiskChange;
import io.trimtab.service.view.BudgetsView;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.RecommendationView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says numbers as people say them. Money is in US dollars. Public for the templates. */
public final class Display {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** {@code $1,240/mo}; below ten dollars with cents. */
    public String perMonth(BigDecimal amount) {
        return dollars(amount) + "/mo";
    }

    /**
     * What a saving does to the bill, with its sign: {@code −$12/mo} is a saving, {@code +$12/mo} costs more. Where both sides are
     * shown in whole dollars, it is their difference as shown, so that readers who subtract find the same.
     */
    public String change(MoneyChange change) {
        BigDecimal saving = change.saving();
        if (isLarge(change.before()) && isLarge(change.after()))
            saving = whole(change.before()).subtract(whole(change.after()));
        return signed(saving, dollars(saving.abs()) + "/mo");
    }

    /** Likewise to the cent, for tables. */
    public String changeInCents(BigDecimal saving) {
        BigDecimal rounded = saving.setScale(2, RoundingMode.HALF_EVEN);
        return signed(rounded, cents(rounded.abs()));
    }

    private static String signed(BigDecimal saving, String text) {
        if (saving.setScale(2, RoundingMode.HALF_EVEN).signum() == 0) return "±" + text;
        return (saving.signum() > 0 ? "−" : "+") + text;
    }

    private static boolean isLarge(BigDecimal amount) {
        return amount.abs().compareTo(BigDecimal.TEN) >= 0;
    }

    private static BigDecimal whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_EVEN);
    }

    /** The style of a saving or of an extra cost. */
    public String tone(BigDecimal saving) {
        return switch (saving.signum()) {
            case 1 -> "saving";
            case -1 -> "risk";
            default -> "dim";
        };
    }

    private static String dollars(BigDecimal amount) {
        String text = isLarge(amount)
                ? String.format(Locale.ROOT, "%,.0f", whole(amount.abs()))
                : String.format(Locale.ROOT, "%.2f", amount.abs());
        return (amount.signum() < 0 ? "−$" : "$") + text;
    }

    /** To the cent, for tables. */
    public String cents(BigDecimal amount) {
        BigDecimal rounded = amount.setScale(2, RoundingMode.HALF_EVEN);
        return (rounded.signum() < 0 ? "−$" : "$") + String.format(Locale.ROOT, "%,.2f", rounded.abs());
    }

    /** Every digit. */
    public String exact(BigDecimal amount) {
        return "$" + amount.stripTrailingZeros().toPlainString();
    }

    /** A figure of a runtime, with its unit: {@code bytes}, {@code ratio}, {@code 1/s} or {@code s}. */
    public String figure(double value, String unit) {
        return switch (unit) {
            case "bytes" -> new Bytes(Math.round(value)).rounded();
            case "ratio" -> percent(value);
            default -> String.format(Locale.ROOT, "%.3g %s", value, unit);
        };
    }

    /** What may happen to a pod, now and after; one line each. Nothing where no limit is reached before or after. */
    public List<String> risks(@Nullable BasisView basis) {
        if (basis == null) return List.of();
        return Stream.of(
                        risk("killed", basis.risk().oomPerWeek(), RiskWords::chance, "a week"),
                        risk("at CPU limit", basis.risk().throttledMinutesPerDay(), RiskWords::minutes, "a day"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String risk(
            String what, @Nullable RiskChange change, Function<Double, String> words, String per) {
        if (change == null || (change.before() == 0 && change.after() == 0)) return null;
        String before = words.apply(change.before());
        String after = words.apply(change.after());
        return before.equals(after)
                ? "%s %s %s".formatted(what, after, per)
                : "%s %s → %s %s".formatted(what, before, after, per);
    }

    /** In plain words. */
    public Explanation explain(RecommendationView view) {
        return Explanation.of(view);
    }

    /** To a tenth of a percent. */
    public String finePercent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    public String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /** Likewise; nothing where there is none. */
    public String share(BigDecimal share) {
        return share.signum() == 0 ? "" : percent(share.doubleValue());
    }

    /** How a budget stands; nothing where there is none. */
    public String standing(BudgetsView.Row row) {
        String at = row.breachAt() == null ? "" : moment(row.breachAt());
        return switch (row.state()) {
            case NONE -> "";
            case WITHIN -> "lasts";
            case BREACH_EXPECTED -> "expected to be used up " + at;
            case BREACHED -> "used up " + at;
            case UNKNOWN -> "not known yet";
        };
    }

    public String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    /** Such as {@code 1 change} and {@code 1,204 changes}. */
    public String count(long number, String one, String more) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
    }
}
