package io.trimtab.cost.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trimtab.cost.units.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shipped catalogue beside the lists that it was made from; {@code -Dcatalogue=write} makes it anew. */
class CatalogueTest {
    private static final Path LISTS = Path.of("../../shared/prices/instances.csv");
    private static final Path SHIPPED = Path.of("src/main/resources/io/trimtab/cost/prices", Catalogue.FILE);
    private static final int LARGEST_BYTES = 100 << 10;
    private static final List<String> HEAD = List.of(
            "# List prices of Linux machines, shared tenancy, USD per hour, no discounts, as the node provisioners of"
                    + " the three clouds publish them.",
            "# '= provider region date', then a line for each family: its types with * for the size, architecture, GPU"
                    + " model where it has one; then its",
            "# sizes (- where the type has none): cores, GiB, price, GPUs where it has any or a spot price follows,"
                    + " and the published spot price.");
    private static final Map<String, String> ORIGINS = Map.of(
            "aws", "= aws us-east-1 2026-07-20",
            "azure", "= azure eastus 2026-06-18",
            "gcp", "= gcp us-central1 2026-08-03");

    /** A line of the lists. */
    private record Listed(
            String provider,
            String type,
            BigDecimal cores,
            BigDecimal gib,
            BigDecimal gpus,
            String accelerator,
            String arch,
            BigDecimal price,
            String spot) {
        Family family() {
            return Family.of(type);
        }

        String head() {
            return "%s %s%s:".formatted(family().name(), arch, accelerator.isEmpty() ? "" : " " + accelerator);
        }

        String size() {
            String name = family().size(type);
            String devices = gpus.signum() == 0 && spot.isEmpty() ? "" : " " + plain(gpus);
            String spotPrice = spot.isEmpty() ? "" : " " + plain(new BigDecimal(spot));
            return " %s %s %s %s%s%s"
                    .formatted(name.isEmpty() ? "-" : name, plain(cores), plain(gib), plain(price), devices, spotPrice);
        }
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(SHIPPED)).isLessThan(LARGEST_BYTES);
    }

    @Test
    void hasWhatTheListsHave() throws IOException {
        assumeThat(LISTS).exists();
        String made = written(listed());
        if (System.getProperty("catalogue", "").equals("write")) Files.writeString(SHIPPED, made);
        assertThat(SHIPPED).hasContent(made);
    }

    @Test
    void pricesEachTypeOfTheLists() throws IOException {
        assumeThat(LISTS).exists();
        PriceBook book = PriceBook.shipped();
        List<Listed> listed = listed();
        assertThat(listed).hasSizeGreaterThan(3000).allSatisfy(it -> {
            Price price = book.price(it.type(), Resources.ZERO, false);
            assertThat(price).isInstanceOf(Price.Listed.class);
            assertThat(price.perHour()).isEqualByComparingTo(it.price());
            Shape shape = book.shape(it.type()).orElseThrow();
            assertThat(shape.arch()).isEqualTo(it.arch());
            assertThat(shape.gpuModel()).isEqualTo(it.accelerator());
            assertThat(shape.capacity().cpu().cores()).isEqualByComparingTo(it.cores());
        });
    }

    private static List<Listed> listed() throws IOException {
        try (Stream<String> lines = Files.lines(LISTS)) {
            return lines.skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> new Listed(
                            cells[0],
                            cells[2],
                            new BigDecimal(cells[3]),
                            new BigDecimal(cells[4]),
                            cells[5].isEmpty() ? BigDecimal.ZERO : new BigDecimal(cells[5]),
                            cells[6],
                            cells[7].isEmpty() ? "amd64" : cells[7],
                            new BigDecimal(cells[8]),
                            cells[9]))
                    .toList();
        }
    }

    private static String written(List<Listed> all) {
        List<String> lines = new ArrayList<>(HEAD);
        Map<String, List<Listed>> byProvider =
                all.stream().collect(Collectors.groupingBy(Listed::provider, TreeMap::new, Collectors.toList()));
        byProvider.forEach((provider, listed) -> {
            lines.add(ORIGINS.get(provider));
            listed.stream()
                    .collect(Collectors.groupingBy(Listed::head, TreeMap::new, Collectors.toList()))
                    .forEach((head, sizes) -> lines.add(head
                            + sizes.stream()
                                    .sorted(Comparator.comparing(Listed::cores)
                                            .thenComparing(Listed::gib)
                                            .thenComparing(Listed::type))
                                    .map(Listed::size)
                                    .collect(Collectors.joining(","))));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
