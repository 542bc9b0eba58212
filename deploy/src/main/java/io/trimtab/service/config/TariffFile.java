package io.trimtab.service.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trimtab.cost.tariff.Commitment;
import io.trimtab.cost.tariff.Commitment.Coverage;
import io.trimtab.cost.tariff.Currencies;
import io.trimtab.cost.tariff.Discount;
import io.trimtab.cost.tariff.GivenPrice;
import io.trimtab.cost.tariff.MachineSelector;
import io.trimtab.cost.tariff.OwnRates;
import io.trimtab.cost.tariff.Tariff;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The file {@code prices.yaml}, as it is written. What is absent is null. */
record TariffFile(
        @Nullable String currency,
        @Nullable Map<String, BigDecimal> currencies,
        @Nullable BigDecimal spotShare,
        @Nullable List<DiscountEntry> discounts,
        @Nullable List<RatesEntry> rates,
        @Nullable List<CommitmentEntry> commitments) {
    static final TariffFile EMPTY = new TariffFile(null, null, null, null, null, null);

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** No price, rate or amount needs more digits; with many more, arithmetic takes without end. */
    private static final int MOST_DIGITS = 18;

    /** What is off list prices. */
    record DiscountEntry(
            @Nullable String instanceTypes,
            @Nullable String regions,
            @Nullable String pools,
            @Nullable String capacityType,
            @Nullable BigDecimal percent) {
        private Discount read() {
            return new Discount(
                    selector(instanceTypes, regions, pools, capacityType),
                    number("percent", percent).orElseThrow(() -> missing("percent")));
        }
    }

    /** What machines of one's own cost. */
    record RatesEntry(
            @Nullable String instanceTypes,
            @Nullable String regions,
            @Nullable String pools,
            @Nullable BigDecimal core,
            @Nullable BigDecimal gib,
            @Nullable BigDecimal gpu,
            @Nullable BigDecimal kilowattHour,
            @Nullable BigDecimal wattsPerCore,
            @Nullable BigDecimal wattsPerGib,
            @Nullable BigDecimal wattsPerGpu) {
        private OwnRates read(Currencies money) {
            return new OwnRates(
                    selector(instanceTypes, regions, pools, null),
                    new OwnRates.Parts(
                            usd(money, "core", core).orElse(BigDecimal.ZERO),
                            usd(money, "gib", gib).orElse(BigDecimal.ZERO),
                            usd(money, "gpu", gpu).orElse(BigDecimal.ZERO)),
                    usd(money, "kilowattHour", kilowattHour).orElse(BigDecimal.ZERO),
                    new OwnRates.Parts(
                            number("wattsPerCore", wattsPerCore).orElse(BigDecimal.ZERO),
                            number("wattsPerGib", wattsPerGib).orElse(BigDecimal.ZERO),
                            number("wattsPerGpu", wattsPerGpu).orElse(BigDecimal.ZERO)));
        }
    }

    /** What is paid for whether or not it is used; exactly one of the last four says what it covers. */
    record CommitmentEntry(
            @Nullable String name,
            @Nullable String instanceTypes,
            @Nullable String regions,
            @Nullable String pools,
            @Nullable BigDecimal perHour,
            @Nullable BigDecimal machines,
            @Nullable BigDecimal cores,
            @Nullable BigDecimal gib,
            @Nullable BigDecimal worthPerHour) {
        private Commitment read(Currencies money) {
            List<Coverage> covers = Stream.of(
                            number("machines", machines).<Coverage>map(Coverage.Machines::new),
                            number("cores", cores).<Coverage>map(Coverage.Cores::new),
                            number("gib", gib).<Coverage>map(Coverage.Gib::new),
                            usd(money, "worthPerHour", worthPerHour).<Coverage>map(Coverage.Worth::new))
                    .flatMap(Optional::stream)
                    .toList();
            if (covers.size() != 1)
                throw new IllegalArgumentException(
                        "exactly one of machines, cores, gib and worthPerHour must be there");
            return new Commitment(
                    Optional.ofNullable(name).orElseThrow(() -> missing("name")),
                    selector(instanceTypes, regions, pools, null),
                    covers.getFirst(),
                    usd(money, "perHour", perHour).orElseThrow(() -> missing("perHour")));
        }
    }

    /** @throws SettingsException naming the file, and the line or the path in it */
    static TariffFile read(String name, String text) {
        if (text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"))) return EMPTY;
        try {
            return Optional.ofNullable(YAML.readValue(text, TariffFile.class)).orElse(EMPTY);
        } catch (JsonMappingException e) {
            throw new SettingsException("%s:%d: %s: %s".formatted(name, line(e), path(e), words(e)));
        } catch (JsonProcessingException e) {
            throw new SettingsException("%s:%d: %s".formatted(name, line(e), firstLine(e)));
        }
    }

    private static int line(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map(at -> Math.max(1, at.getLineNr()))
                .orElse(1);
    }

    private static String words(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown)
            return "is not known; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        if (e instanceof MismatchedInputException other)
            return BigDecimal.class.equals(other.getTargetType()) ? "must be a number" : "has another form";
        return firstLine(e);
    }

    private static String firstLine(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("is no YAML");
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null)
                path.append('[').append(step.getIndex()).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        }
        return path.isEmpty() ? "." : path.toString();
    }

    /** @throws SettingsException as above */
    Currencies money(String name) {
        try {
            Map<String, BigDecimal> table = new HashMap<>();
            if (currencies != null)
                currencies.forEach(
                        (code, worth) -> table.put(code, number(code, worth).orElseThrow(() -> missing(code))));
            return new Currencies(Optional.ofNullable(currency).orElse("USD"), table);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("%s: currencies: %s".formatted(name, e.getMessage()));
        }
    }

    /** @throws SettingsException as above */
    Tariff tariff(String name, List<GivenPrice> prices) {
        Currencies money = money(name);
        List<OwnRates> own = each(name, "rates", rates, entry -> entry.read(money));
        List<Discount> off = each(name, "discounts", discounts, DiscountEntry::read);
        List<Commitment> committed = each(name, "commitments", commitments, entry -> entry.read(money));
        try {
            return new Tariff(prices, own, off, number("spotShare", spotShare), committed);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("%s: %s".formatted(name, e.getMessage()));
        }
    }

    private static <E, T> List<T> each(String name, String list, @Nullable List<E> entries, Function<E, T> reader) {
        List<T> read = new ArrayList<>();
        if (entries == null) return read;
        for (E entry : entries) {
            String path = "%s: %s[%d]".formatted(name, list, read.size());
            if (entry == null) throw new SettingsException(path + ": must not be empty");
            try {
                read.add(reader.apply(entry));
            } catch (IllegalArgumentException e) {
                throw new SettingsException("%s: %s".formatted(path, e.getMessage()));
            }
        }
        return read;
    }

    private static MachineSelector selector(
            @Nullable String instanceTypes,
            @Nullable String regions,
            @Nullable String pools,
            @Nullable String capacityType) {
        return new MachineSelector(
                Optional.ofNullable(instanceTypes).orElse("*"),
                Optional.ofNullable(regions).orElse("*"),
                Optional.ofNullable(pools).orElse("*"),
                MachineSelector.spot(Optional.ofNullable(capacityType).orElse("")));
    }

    private static Optional<BigDecimal> usd(Currencies money, String field, @Nullable BigDecimal amount) {
        return number(field, amount).map(it -> money.usd(it, Optional.empty()));
    }

    private static Optional<BigDecimal> number(String field, @Nullable BigDecimal number) {
        if (number == null) return Optional.empty();
        if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS)
            throw new IllegalArgumentException("%s must have at most %d digits".formatted(field, MOST_DIGITS));
        return Optional.of(number);
    }

    private static IllegalArgumentException missing(String field) {
        return new IllegalArgumentException("%s is missing".formatted(field));
    }
}
