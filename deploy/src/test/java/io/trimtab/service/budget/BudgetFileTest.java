package io.trimtab.service.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetFileTest {
    @TempDir
    private Path folder;

    private BudgetFile file(String text) throws Exception {
        Path file = folder.resolve("budgets.yaml");
        Files.writeString(file, text);
        return new BudgetFile(file);
    }

    @Test
    void readsNamespacesAndLabels() throws Exception {
        assertThat(file("budgets:\n- {namespace: shop, perMonth: 1200.50}\n- {label: {team: payments}, perMonth: 90}\n")
                        .read()
                        .toString())
                .isEqualTo("[Budget[spender=namespace shop, perMonth=1200.50], Budget[spender=label team=payments,"
                        + " perMonth=90]]");
        assertThat(file("budgets: []").read()).isEmpty();
        assertThat(file("# none yet\n\n").read()).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        budgets: [{namespace: a}]                                        | budgets[0]: perMonth is missing
        budgets: [{perMonth: 3}]                                         | budgets[0]: there must be a namespace, or a label
        budgets: [{namespace: a, label: {b: c}, perMonth: 3}]            | budgets[0]: there must be a namespace, or a label
        budgets: [{label: {b: c, d: e}, perMonth: 3}]                    | budgets[0]: there must be a namespace, or a label
        budgets: [{namespace: a, perMonth: 0}]                           | budgets[0]: perMonth (0) must be above 0
        budgets: [{namespace: a, perMonth: 1},{namespace: a, perMonth: 2}] | budgets[1]: namespace a has a budget already
        budgets: [{namespace: "", perMonth: 1}]                          | budgets[0]: namespace must not be empty
        budgets: [{namespace: a, perMonth: .nan}]                        | is not understood
        budgets: [{namespace: a, perWeek: 1}]                            | is not understood: Unrecognized field "perWeek"
        budgets: [null]                                                  | budgets[0]: perMonth is missing
        budgets: {a                                                      | is not understood
        """)
    void saysWhatIsWrongAndWhere(String text, String why) throws Exception {
        BudgetFile file = file(text);
        assertThatThrownBy(file::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("budgets.yaml")
                .hasMessageContaining(why);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new BudgetFile(folder.resolve("none.yaml")).read())
                .hasMessageContaining("none.yaml cannot be read");
    }
}
