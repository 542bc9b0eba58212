package io.trimtab.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.time.LocalDateTime;

/** The direction of imports, and what the core never does. */
@AnalyzeClasses(packages = "io.trimtab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    private static final String COST = "io.trimtab.cost..";
    private static final String MODEL = "io.trimtab.ingest.model..";
    private static final String INGEST = "io.trimtab.ingest..";
    private static final String FORECAST = "io.trimtab.forecast..";
    private static final String RECOMMEND = "io.trimtab.recommend..";
    private static final String ACTUATE = "io.trimtab.actuate..";
    private static final String SERVICE = "io.trimtab.service..";
    private static final String[] CORE = {COST, MODEL, FORECAST, RECOMMEND};

    @ArchTest
    static final ArchRule COST_IS_A_LEAF = onlyOurs(COST, COST);

    @ArchTest
    static final ArchRule MODEL_KNOWS_UNITS = onlyOurs(MODEL, MODEL, "io.trimtab.cost.units..");

    @ArchTest
    static final ArchRule INGEST_KNOWS_UNITS = onlyOurs(INGEST, INGEST, "io.trimtab.cost.units..");

    @ArchTest
    static final ArchRule FORECAST_KNOWS_RECORDS = onlyOurs(FORECAST, FORECAST, MODEL, "io.trimtab.cost.units..");

    @ArchTest
    static final ArchRule RECOMMEND_KNOWS_FORECAST_AND_COST =
            onlyOurs(RECOMMEND, RECOMMEND, FORECAST, COST, MODEL, "io.trimtab.ingest");

    @ArchTest
    static final ArchRule ACTUATE_KNOWS_RECOMMEND = onlyOurs(ACTUATE, ACTUATE, RECOMMEND, FORECAST, COST, INGEST);

    @ArchTest
    static final ArchRule NOTHING_IMPORTS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage(SERVICE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVICE);

    @ArchTest
    static final ArchRule CORE_DOES_NO_IO = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .and()
            .resideOutsideOfPackages("io.trimtab.cost.ledger..", "io.trimtab.cost.prices..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.util.concurrent..",
                    "org.slf4j..",
                    "io.micronaut..",
                    "io.fabric8..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOBODY_READS_THE_WALL_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(LocalDateTime.class, "now");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("io.trimtab.(*).(*)..")
            .should()
            .beFreeOfCycles();

    private static ArchRule onlyOurs(String of, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(of)
                .should()
                .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are allowed here",
                        javaClass -> !javaClass.getPackageName().startsWith("io.trimtab")
                                || java.util.Arrays.stream(allowed)
                                        .anyMatch(pattern -> com.tngtech.archunit.core.domain.PackageMatcher.of(pattern)
                                                .matches(javaClass.getPackageName()))));
    }
}
