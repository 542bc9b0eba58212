package io.trimtab.service.budget;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trimtab.cost.budget.Budget;
import io.trimtab.cost.budget.Spender;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the budgets that people write. */
public final class BudgetFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int MOST_DIGITS = 18;

    private final Path file;

    public BudgetFile(Path file) {
        this.file = file;
    }

    private record Document(@Nullable List<Entry> budgets) {}

    private record Entry(
            @Nullable String namespace,
            @Nullable Map<String, @Nullable String> label,
            @Nullable BigDecimal perMonth) {}

    /**
     * @return in the order of the file
     * @throws IllegalArgumentException if it cannot be read, or says what cannot be; the message names the file and the place
     */
    public List<Budget> read() {
        try {
            String text = Files.readString(file);
            if (text.lines().allMatch(BudgetFile::saysNothing)) return List.of();
            Document document = YAML.readValue(text, Document.class);
            List<Budget> budgets = new ArrayList<>();
            if (document == null || document.budgets() == null) return budgets;
            Set<Spender> spenders = new HashSet<>();
            for (Entry entry : document.budgets()) {
                Budget budget = budget(entry, budgets.size());
                if (!spenders.add(budget.spender()))
                    throw wrong(budgets.size(), "%s has a budget already".formatted(budget.spender()));
                budgets.add(budget);
            }
            return budgets;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new IllegalArgumentException(
                    "%s:%d is not understood: %s".formatted(file, line, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read; does the file exist?".formatted(file), e);
        }
    }

    private static boolean saysNothing(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private Budget budget(@Nullable Entry entry, int at) {
        if (entry == null || entry.perMonth() == null) throw wrong(at, "perMonth is missing");
        if (entry.perMonth().precision() > MOST_DIGITS
                || Math.abs(entry.perMonth().scale()) > MOST_DIGITS)
            throw wrong(at, "perMonth must have at most %d digits".formatted(MOST_DIGITS));
        try {
            return new Budget(spender(entry), entry.perMonth());
        } catch (IllegalArgumentException e) {
            throw wrong(at, String.valueOf(e.getMessage()));
        }
    }

    private static Spender spender(Entry entry) {
        String namespace = entry.namespace();
        Map<String, @Nullable String> label = entry.label();
        if (namespace != null && label == null) return new Spender.Namespace(namespace);
        if (namespace != null || label == null || label.size() != 1)
            throw new IllegalArgumentException("there must be a namespace, or a label such as {team: payments}");
        Map.Entry<String, @Nullable String> only = label.entrySet().iterator().next();
        if (only.getValue() == null) throw new IllegalArgumentException("the value of the label is missing");
        return new Spender.Label(only.getKey(), only.getValue());
    }

    private IllegalArgumentException wrong(int at, String why) {
        return new IllegalArgumentException("%s: budgets[%d]: %s".formatted(file, at, why));
    }
}
