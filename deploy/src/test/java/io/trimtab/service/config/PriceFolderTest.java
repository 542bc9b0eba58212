package io.trimtab.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.prices.Price;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.tariff.Commitment;
import io.trimtab.cost.tariff.Machine;
import io.trimtab.cost.tariff.Tariff;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.cost.units.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFolderTest {
    @TempDir
    private Path folder = Path.of("");

    /** Both files as the guide shows them. */
    @Test
    void readsWhatTheGuideShows() throws IOException {
        String guide = Files.readString(Path.of("../docs/cost.md"));
        write("prices.yaml", block(guide, "yaml"));
        write("prices.csv", block(guide, "csv"));
        Tariff tariff = PriceFolder.read(folder);
        PriceBook book = PriceBook.shipped().under(tariff);
        assertThat(price(book, "m5.large", "eu-west-1", "", false)).isEqualByComparingTo("0.08829");
        assertThat(price(book, "c5.large", "", "", true)).isEqualByComparingTo("0.0545");
        // 0.096 less 12 %; and 35 % of that of on-demand capacity, without the discount.
        assertThat(price(book, "m5.large", "eu-central-1", "", false)).isEqualByComparingTo("0.08448");
        assertThat(price(book, "m5.large", "eu-central-1", "", true)).isEqualByComparingTo("0.0336");
        // EUR: 2 x 0.012 + 8 x 0.0015 and (2 x 8 W + 8 x 0.4 W) at 0.31 a kWh.
        assertThat(price(book, "unknown", "", "rack-7", false))
                .isEqualByComparingTo(new BigDecimal("0.041952").multiply(new BigDecimal("1.09")));
        assertThat(book.price(new Machine("m5.large", "us-east-1", "", Resources.ZERO, false)))
                .isInstanceOf(Price.Listed.class);
        assertThat(tariff.commitments())
                .extracting(Commitment::name)
                .containsExactly("reserved", "committed-cores", "committed-memory", "savings-plan");
        assertThat(tariff.commitments().getLast().covers())
                .isEqualTo(new Commitment.Coverage.Worth(new BigDecimal("7.63")));
    }

    /** Such as the shown file with each line made a comment. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# spotShare: 0.5", "\n  # none yet\n", "---\n"})
    void takesAFileWithoutContentAsAnAbsentOne(String text) throws IOException {
        String list = block(Files.readString(Path.of("../docs/cost.md")), "csv").replace("EUR", "USD");
        write("prices.csv", list);
        write("prices.yaml", text);
        PriceBook book = PriceBook.shipped().under(PriceFolder.read(folder));
        assertThat(price(book, "m5.large", "eu-west-1", "", false)).isEqualByComparingTo("0.081");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        discount: []                                      | prices.yaml:1: discount: is not known; known are commitments, currencies, currency, discounts, rates, spotShare
        spotShare: 0.5;spotShare: 0.6                     | prices.yaml:2: Duplicate field 'spotShare'
        spotShare: half                                   | prices.yaml:1: spotShare: must be a number
        discounts: 5                                      | prices.yaml:1: discounts: has another form
        spotShare: .nan                                   | prices.yaml:1: spotShare: Malformed numeric value
        spotShare: 0                                      | prices.yaml: spot share (0) must be in 0..1, above 0
        spotShare: 1e-99                                  | prices.yaml: spotShare must have at most 18 digits
        discounts: [                                      | prices.yaml:1: discounts: while parsing a flow node
        discounts: [{percent: 10}, {percent: -10}]        | prices.yaml: discounts[1]: discount (-10) must be above 0
        discounts: [{percent: 100}]                       | prices.yaml: discounts[0]: discount (100) must be above 0 and below 100
        discounts: [{}]                                   | prices.yaml: discounts[0]: percent is missing
        discounts: [null]                                 | prices.yaml: discounts[0]: must not be empty
        discounts: [{percent: 5, capacityType: cheap}]    | prices.yaml: discounts[0]: capacity type (cheap) must be
        discounts: [{percent: 5, regions: ""}]            | prices.yaml: discounts[0]: a name must not be empty
        rates: [{core: -1}]                               | prices.yaml: rates[0]: rate of a core (-1) must be in 0..10
        rates: [{kilowattHour: 0.3}]                      | prices.yaml: rates[0]: a price of electricity needs the watts
        rates: [{pools: rack}]                            | prices.yaml: rates[0]: a rate of a core, a GiB
        commitments: [{name: "a b", perHour: 1, cores: 1}] | prices.yaml: commitments[0]: commitment a b: its name must be
        commitments: [{name: a, perHour: 1}]              | prices.yaml: commitments[0]: exactly one of machines, cores
        commitments: [{name: a, cores: 1}]                | prices.yaml: commitments[0]: perHour is missing
        commitments: [{perHour: 1, cores: 1}]             | prices.yaml: commitments[0]: name is missing
        commitments: [{name: a, perHour: 0, cores: 1}]    | prices.yaml: commitments[0]: commitment a: its price (0) must be
        commitments: [{name: a, perHour: 1, cores: 0}]    | prices.yaml: commitments[0]: what a commitment covers (0) must be
        commitments: [{name: a, perHour: 1, cores: 1}, {name: a, perHour: 1, gib: 1}] | prices.yaml: commitment a must not be there twice
        currency: EUR                                     | prices.yaml: currencies: currency (EUR) must be USD or stand in the table
        currencies: {EUR: -1}                             | prices.yaml: currencies: EUR (-1 USD) must be above 0
        currencies: {EUR: null}                           | prices.yaml: currencies: EUR is missing
        """)
    void saysWhereWhatIsWrong(String yaml, String message) throws IOException {
        write("prices.yaml", yaml.replace(';', '\n'));
        assertThatThrownBy(() -> PriceFolder.read(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void saysWhichLineOfTheListIsWrong() throws IOException {
        write("prices.csv", "instance_type,price_per_hour\nm5.large,0\n");
        assertThatThrownBy(() -> PriceFolder.read(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("prices.csv:2: price (0) must be above 0");
    }

    @Test
    void aPriceThatCannotBeMeantIsRefused() throws IOException {
        write("prices.csv", "instance_type,price_per_hour\np4d.24xlarge,0.0000001\n");
        assertThatThrownBy(() -> PriceFolder.read(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("prices.csv:2: price (0.0000001 USD) cannot be that of p4d.24xlarge");
    }

    @Test
    void aFolderWithoutPricesIsAMistake() {
        assertThatThrownBy(() -> PriceFolder.read(folder)).hasMessageContaining("must have a file prices.yaml or");
    }

    private static BigDecimal price(PriceBook book, String type, String region, String pool, boolean spot) {
        Resources capacity = new Resources(new MilliCores(2000), Bytes.parse("8Gi"), GpuMilli.ZERO);
        return book.price(new Machine(type, region, pool, capacity, spot)).perHour();
    }

    private static String block(String guide, String language) {
        return List.of(guide.split("```")).stream()
                .filter(block -> block.startsWith(language + "\n"))
                .findFirst()
                .orElseThrow()
                .substring(language.length() + 1);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
