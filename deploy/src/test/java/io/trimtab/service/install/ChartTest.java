package io.trimtab.service.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.trimtab.cost.budget.Budget;
import io.trimtab.house.House;
import io.trimtab.service.budget.BudgetFile;
import io.trimtab.service.cli.TrimtabCommand;
import io.trimtab.service.config.Environment;
import io.trimtab.service.testbed.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The chart by itself: what it takes, and that the program understands what it gives. */
class ChartTest {
    private static Manifests manifests;

    @BeforeAll
    static void find() throws Exception {
        manifests = Manifests.find();
    }

    @Test
    void lintFindsNothingByDefaultAndWithEverythingOn() throws Exception {
        lint();
        lint("--values", Manifests.everything().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        mode=Aply                             | '/mode': value must be one of 'Observe', 'Recommend', 'Apply'
        mode=null                             | missing property 'mode'
        modus=Apply                           | additional properties 'modus' not allowed
        prometheus.ulr=http://x               | '/prometheus': additional properties 'ulr' not allowed
        prometheus.url=prometheus:9090        | '/prometheus/url'
        prometheus.url=null                   | '/prometheus': missing property 'url'
        prometheus.headers.a b=c              | '/prometheus/headers'
        prometheus.labels.node=instance       | '/prometheus/labels'
        prometheus.labels.pod=pod-name        | '/prometheus/labels/pod'
        prometheus.basicAuth.name=x           | '/prometheus/basicAuth': additional properties 'name' not allowed
        prometheus.tls.clientSecret.name=X    | '/prometheus/tls/clientSecret/name'
        prometheus.tokenSecret.name=a,prometheus.basicAuth.secretName=b | '/prometheus/basicAuth/secretName'
        cycle=5                               | '/cycle'
        history=a week                        | '/history'
        logLevel=LOUD                         | '/logLevel'
        holidays.dates={25.12.2026}           | '/holidays/dates/0'
        budgets[0].namespace=a                | '/budgets/0': missing property 'perMonth'
        budgets[0].perMonth=1                 | '/budgets/0': 'oneOf' failed
        budgets[0].namespace=a,budgets[0].perMonth=0 | '/budgets/0/perMonth'
        webhook.url=alerts.example.org        | '/webhook/url'
        state.every=5                         | '/state/every'
        state.account.days=0                  | '/state/account/days'
        state.account.days=3661               | '/state/account/days'
        state.account.mib=15                  | '/state/account/mib'
        state.account.weeks=1                 | '/state/account': additional properties 'weeks' not allowed
        state.persistence.enabled=yes         | '/state/persistence/enabled'
        state.persistence.size=1              | '/state/persistence/size'
        state.persistence.size=1GB            | '/state/persistence/size'
        state.persistence.claim=x             | '/state/persistence': additional properties 'claim' not allowed
        triggers.secretNamespaces={Shop}      | '/triggers/secretNamespaces/0'
        externalMetrics.certificate=Made      | '/externalMetrics/certificate'
        externalMetrics.issuerRef.names=x     | '/externalMetrics/issuerRef'
        externalMetrics.enabled=true,externalMetrics.certificate=Secret | '/externalMetrics/secretName'
        externalMetrics.certificate=Secret,expander.enabled=true        | '/externalMetrics/secretName'
        expander.enabled=yes                  | '/expander/enabled'
        expander.port=8444                    | '/expander': additional properties 'port' not allowed
        image.digest=latest                   | '/image/digest'
        image.pullPolicy=Sometimes            | '/image/pullPolicy'
        resources.limits.memory=1Gb           | '/resources/limits/memory'
        serviceAccount.create=false           | '/serviceAccount/name'
        service.port=0                        | '/service/port'
        service.port=8443                     | '/service/port'
        service.port=4317                     | '/service/port'
        service.port=9003                     | '/service/port'
        service.port=8444                     | '/service/port'
        push.tokenSecret.key=a b              | '/push/tokenSecret/key'
        service.type=ExternalName             | '/service/type'
        podDisruptionBudget.minAvailable=1    | '/podDisruptionBudget'
        networkPolicy.apiServerCidrs={10.0.0.1} | '/networkPolicy/apiServerCidrs/0'
        networkPolicy.apiServerPorts={}       | '/networkPolicy/apiServerPorts'
        dashboards.enabled=yes                | '/dashboards/enabled'
        """)
    void aBadValueIsRefusedByItsName(String value, String message) throws Exception {
        Binaries.Run refused = manifests.template("trimtab", "--set", value);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains(message);
    }

    /** A comment of its own, that of its block, or that of the lines it stands in. */
    @Test
    void eachBlockOfValuesIsDocumented() throws IOException {
        String before = "";
        for (String line : Files.readAllLines(Manifests.CHART.resolve("values.yaml"))) {
            boolean opens = line.matches("[A-Za-z]+:.*") && before.isBlank();
            assertThat(opens).as("a comment before %s", line).isFalse();
            before = line;
        }
    }

    @ParameterizedTest(name = "mode {0}")
    @ValueSource(strings = {"Observe", "Recommend", "Apply"})
    void theProgramKnowsEachVariableAndArgument(String mode) throws Exception {
        String yaml = manifests
                .template("trimtab", "--values", Manifests.everything().toString(), "--set", "mode=" + mode)
                .orFail();
        Object container = Manifests.at(
                Manifests.only(Manifests.objects(yaml), "Deployment"), "spec", "template", "spec", "containers", 0);

        Map<String, String> environment = new HashMap<>();
        Manifests.maps(Manifests.at(container, "env"))
                .forEach(variable ->
                        environment.put((String) variable.get("name"), String.valueOf(variable.get("value"))));
        Environment.check(environment);
        assertThat(environment)
                .containsEntry("TRIMTAB_MODE", mode)
                .containsEntry("TRIMTAB_WRITE_TOKEN_FILE", "/etc/trimtab/push/bearer")
                .containsEntry("TRIMTAB_TLS_DIR", "/etc/trimtab/tls")
                .containsEntry("TRIMTAB_PROMETHEUS_CA_FILE", "/etc/trimtab/prometheus-ca/ca.crt")
                .containsEntry("TRIMTAB_PROMETHEUS_CERT_FILE", "/etc/trimtab/prometheus-client/client.crt")
                .containsEntry("TRIMTAB_PROMETHEUS_KEY_FILE", "/etc/trimtab/prometheus-client/tls.key")
                .containsEntry("TRIMTAB_EXPANDER_PORT", "8444");

        List<?> arguments = (List<?>) Manifests.at(container, "args");
        CommandLine.ParseResult serve = TrimtabCommand.commandLine()
                .parseArgs(arguments.toArray(String[]::new))
                .subcommand();
        assertThat(serve.matchedOptionValue("--prometheus-header", Map.of()))
                .isEqualTo(Map.of("X-Scope-OrgID", "team-a", "X-Quoted", "a \"quoted\" text"));
        assertThat(serve.matchedOptionValue("--prometheus-label", Map.of()))
                .isEqualTo(Map.of("namespace", "kube_namespace", "pod", "pod_name"));
    }

    /** The user is no file, so it comes from the Secret by the environment; whatever is a file is mounted where the program is told to look. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        prometheus.tokenSecret.name=s      | {TRIMTAB_PROMETHEUS_TOKEN_FILE=/etc/trimtab/prometheus/token}
        prometheus.basicAuth.secretName=s  | {TRIMTAB_PROMETHEUS_PASSWORD_FILE=/etc/trimtab/prometheus-password/password, TRIMTAB_PROMETHEUS_USER={secretKeyRef={name=s, key=username}}}
        prometheus.tls.caSecret.name=s     | {TRIMTAB_PROMETHEUS_CA_FILE=/etc/trimtab/prometheus-ca/ca.crt}
        prometheus.tls.clientSecret.name=s | {TRIMTAB_PROMETHEUS_CERT_FILE=/etc/trimtab/prometheus-client/tls.crt, TRIMTAB_PROMETHEUS_KEY_FILE=/etc/trimtab/prometheus-client/tls.key}
        """)
    void eachWayIntoPrometheusIsMountedWhereTheProgramLooks(String value, String environment) throws Exception {
        Object deployment = Manifests.only(
                Manifests.objects(manifests.template("trimtab", "--set", value).orFail()), "Deployment");
        Object pod = Manifests.at(deployment, "spec", "template", "spec");
        Object container = Manifests.at(pod, "containers", 0);
        Map<String, Object> told = new TreeMap<>();
        for (Map<String, Object> variable : Manifests.maps(Manifests.at(container, "env")))
            if (((String) variable.get("name")).startsWith("TRIMTAB_PROMETHEUS_"))
                told.put(
                        (String) variable.get("name"),
                        variable.containsKey("value") ? variable.get("value") : variable.get("valueFrom"));
        assertThat(told).hasToString(environment);
        String volume = Manifests.maps(Manifests.at(pod, "volumes")).stream()
                .filter(it -> it.get("secret") instanceof Map<?, ?> secret && "s".equals(secret.get("secretName")))
                .map(it -> (String) it.get("name"))
                .findFirst()
                .orElseThrow();
        String mounted = Manifests.maps(Manifests.at(container, "volumeMounts")).stream()
                .filter(it -> volume.equals(it.get("name")))
                .map(it -> (String) it.get("mountPath"))
                .findFirst()
                .orElseThrow();
        assertThat(told.values())
                .filteredOn(String.class::isInstance)
                .allSatisfy(file -> assertThat((String) file).startsWith(mounted + "/"));
    }

    /** Otherwise the kubelet gives TRIMTAB_PORT=tcp://... to a pod beside a Service called trimtab, and the program takes it for its own. */
    @Test
    void noServiceOfTheNamespaceReachesTheEnvironment() throws Exception {
        Object deployment =
                Manifests.only(Manifests.objects(manifests.template("trimtab").orFail()), "Deployment");
        assertThat(Manifests.at(deployment, "spec", "template", "spec", "enableServiceLinks"))
                .isEqualTo(false);
    }

    /** Where the state is, the program may write; a claim of the user's is taken as it is, and none is made beside it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        state.persistence.enabled=false                                      | {emptyDir={sizeLimit=1Gi}, name=state}                            | 0
        state.persistence.enabled=false,state.persistence.existingClaim=ours | {emptyDir={sizeLimit=1Gi}, name=state}                            | 0
        state.persistence.enabled=true                                       | {name=state, persistentVolumeClaim={claimName=trimtab-state}}     | 1
        state.persistence.enabled=true,state.persistence.existingClaim=ours  | {name=state, persistentVolumeClaim={claimName=ours}}              | 0
        """)
    void theStateLiesOnAVolumeThatTheProgramMayWriteTo(String values, String volume, int claims) throws Exception {
        List<Map<String, Object>> objects =
                Manifests.objects(manifests.template("trimtab", "--set", values).orFail());
        Object deployment = Manifests.only(objects, "Deployment");
        Object pod = Manifests.at(deployment, "spec", "template", "spec");
        assertThat(Manifests.maps(Manifests.at(pod, "volumes")).stream().map(each -> new TreeMap<>(each).toString()))
                .contains(volume);
        assertThat(objects.stream().filter(it -> it.get("kind").equals("PersistentVolumeClaim")))
                .hasSize(claims);
        assertThat(Manifests.at(deployment, "spec", "strategy", "type")).isEqualTo("Recreate");
        assertThat(Manifests.at(pod, "securityContext", "fsGroup")).isEqualTo(65532);
        Object container = Manifests.at(pod, "containers", 0);
        assertThat(Manifests.maps(Manifests.at(container, "volumeMounts")))
                .contains(Map.of("name", "state", "mountPath", "/var/lib/trimtab"));
        assertThat(Manifests.maps(Manifests.at(container, "env")))
                .contains(Map.of("name", "TRIMTAB_STATE_DIR", "value", "/var/lib/trimtab/state"));
    }

    @ParameterizedTest(name = "{0} is port {1}")
    @CsvSource({"http://a:9090/x, 9090", "https://a.b/x, 443", "http://a, 80"})
    void theNetworkPolicyLeadsToThePrometheusOfTheUrl(String url, String port) throws Exception {
        String yaml = manifests
                .template("trimtab", "--set", "networkPolicy.enabled=true,prometheus.url=" + url)
                .orFail();
        assertThat(yaml).contains("    # Prometheus\n    - ports:\n        - {port: " + port + ", protocol: TCP}");
    }

    @Test
    void withoutAPrometheusNoneIsNamedNorReached() throws Exception {
        String yaml = manifests
                .template("trimtab", "--set", "networkPolicy.enabled=true,prometheus.url=")
                .orFail();
        assertThat(yaml).doesNotContain("PROMETHEUS").doesNotContain("# Prometheus");
    }

    @Test
    void theServiceAndThePolicyLeadToThePortOfGrpc() throws Exception {
        List<Map<String, Object>> objects = Manifests.objects(manifests
                .template("trimtab", "--set", "networkPolicy.enabled=true")
                .orFail());
        assertThat(Manifests.maps(Manifests.at(Manifests.only(objects, "Service"), "spec", "ports")))
                .anySatisfy(
                        port -> assertThat(port).containsEntry("port", 4317).containsEntry("targetPort", "otlp-grpc"));
        assertThat(Manifests.maps(Manifests.at(
                        Manifests.only(objects, "Deployment"), "spec", "template", "spec", "containers", 0, "ports")))
                .anySatisfy(port ->
                        assertThat(port).containsEntry("name", "otlp-grpc").containsEntry("containerPort", 4317));
        assertThat(Manifests.maps(
                        Manifests.at(Manifests.only(objects, "NetworkPolicy"), "spec", "ingress", 0, "ports")))
                .anySatisfy(port -> assertThat(port).containsEntry("port", "otlp-grpc"));
    }

    /** A pod that holds old prices is replaced, as its annotation changes with them. */
    @Test
    void pricesAreMountedAndReadAgainWhenTheyChange() throws Exception {
        List<Map<String, Object>> objects = priced("0.35");
        assertThat(Manifests.at(Manifests.only(objects, "ConfigMap"), "data", "prices.yaml"))
                .asString()
                .contains("spotShare: 0.35");
        Object pod = Manifests.at(Manifests.only(objects, "Deployment"), "spec", "template");
        assertThat(Manifests.maps(Manifests.at(pod, "spec", "containers", 0, "env")))
                .anySatisfy(variable -> assertThat(variable)
                        .containsEntry("name", "TRIMTAB_PRICES_DIR")
                        .containsEntry("value", "/etc/trimtab/prices"));
        assertThat(Manifests.maps(Manifests.at(pod, "spec", "containers", 0, "volumeMounts")))
                .anySatisfy(mount -> assertThat(mount)
                        .containsEntry("name", "prices")
                        .containsEntry("mountPath", "/etc/trimtab/prices"));
        assertThat(Manifests.maps(Manifests.at(pod, "spec", "volumes")))
                .anySatisfy(volume -> assertThat(volume)
                        .containsEntry("name", "prices")
                        .extractingByKey("configMap")
                        .asString()
                        .contains("trimtab-prices"));
        assertThat(Manifests.at(pod, "metadata", "annotations", "checksum/prices"))
                .isNotEqualTo(Manifests.at(
                        Manifests.only(priced("0.4"), "Deployment"),
                        "spec",
                        "template",
                        "metadata",
                        "annotations",
                        "checksum/prices"));
    }

    private List<Map<String, Object>> priced(String spotShare) throws Exception {
        return Manifests.objects(manifests
                .template("trimtab", "--set-json", "prices.settings={\"spotShare\":%s}".formatted(spotShare))
                .orFail());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {true, false})
    void openCostsPortIsOpenWhereItIsServed(boolean served) throws Exception {
        List<Map<String, Object>> objects = Manifests.objects(manifests
                .template("trimtab", "--set", "networkPolicy.enabled=true,opencost.enabled=" + served)
                .orFail());
        Object container =
                Manifests.at(Manifests.only(objects, "Deployment"), "spec", "template", "spec", "containers", 0);
        assertThat(Manifests.maps(Manifests.at(Manifests.only(objects, "Service"), "spec", "ports")).stream()
                        .anyMatch(port -> Integer.valueOf(9003).equals(port.get("port"))))
                .isEqualTo(served);
        assertThat(Manifests.maps(Manifests.at(container, "ports")).stream()
                        .anyMatch(port -> Integer.valueOf(9003).equals(port.get("containerPort"))))
                .isEqualTo(served);
        assertThat(Manifests.maps(Manifests.at(container, "env")).stream()
                        .anyMatch(variable -> "TRIMTAB_OPENCOST_PORT".equals(variable.get("name"))))
                .isEqualTo(served);
        assertThat(
                        Manifests.maps(Manifests.at(
                                        Manifests.only(objects, "NetworkPolicy"), "spec", "ingress", 0, "ports"))
                                .stream()
                                .anyMatch(port -> "opencost".equals(port.get("port"))))
                .isEqualTo(served);
    }

    @Test
    void budgetsAreAFileThatTheServiceReads(@TempDir Path folder) throws Exception {
        List<Map<String, Object>> objects = Manifests.objects(manifests
                .template("trimtab", "--values", Manifests.everything().toString())
                .orFail());
        Map<String, Object> file = objects.stream()
                .filter(object -> "trimtab-budgets".equals(Manifests.at(object, "metadata", "name")))
                .findFirst()
                .orElseThrow();
        Path written = folder.resolve("budgets.yaml");
        Files.writeString(written, String.valueOf(Manifests.at(file, "data", "budgets.yaml")));
        assertThat(new BudgetFile(written).read())
                .extracting(Budget::toString)
                .containsExactly(
                        "Budget[spender=namespace shop, perMonth=1200.5]",
                        "Budget[spender=label team=payments, perMonth=90]");
    }

    /** The certificate is there for it alone, and what only external metrics need is not. */
    @Test
    void theServiceAndThePolicyLeadToTheExpander() throws Exception {
        List<Map<String, Object>> objects = Manifests.objects(manifests
                .template("trimtab", "--set", "networkPolicy.enabled=true,expander.enabled=true")
                .orFail());
        assertThat(Manifests.maps(Manifests.at(Manifests.only(objects, "Service"), "spec", "ports")))
                .anySatisfy(
                        port -> assertThat(port).containsEntry("port", 8444).containsEntry("targetPort", "expander"));
        Object pod = Manifests.at(Manifests.only(objects, "Deployment"), "spec", "template", "spec");
        assertThat(Manifests.maps(Manifests.at(pod, "containers", 0, "ports")))
                .anySatisfy(port ->
                        assertThat(port).containsEntry("name", "expander").containsEntry("containerPort", 8444));
        assertThat(Manifests.maps(Manifests.at(pod, "containers", 0, "env")))
                .contains(Map.of("name", "TRIMTAB_TLS_DIR", "value", "/etc/trimtab/tls"));
        assertThat(Manifests.maps(Manifests.at(pod, "volumes")))
                .anySatisfy(volume -> assertThat(volume).containsEntry("name", "tls"));
        assertThat(Manifests.maps(
                        Manifests.at(Manifests.only(objects, "NetworkPolicy"), "spec", "ingress", 0, "ports")))
                .anySatisfy(port -> assertThat(port).containsEntry("port", "expander"));
        assertThat(Manifests.at(Manifests.only(objects, "Secret"), "data"))
                .asInstanceOf(MAP)
                .containsKeys("ca.crt", "tls.crt", "tls.key");
        assertThat(objects).noneMatch(it -> it.get("kind").equals("APIService"));
    }

    @Test
    void itIsOfThisVersion() throws IOException {
        Map<String, Object> chart = new Yaml().load(Files.readString(Manifests.CHART.resolve("Chart.yaml")));
        String pom = Files.readString(House.root().resolve("pom.xml"));
        Matcher version = Pattern.compile("<artifactId>trimtab</artifactId>\\s*<version>([^<]+?)(-SNAPSHOT)?</version>")
                .matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(chart).containsEntry("appVersion", version.group(1));
    }

    private static void lint(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("lint", "--strict", Manifests.CHART.toString()));
        command.addAll(List.of(arguments));
        Binaries.Run lint = manifests.binaries().run("helm", command);
        assertThat(lint.exitCode()).as(lint.out() + lint.err()).isZero();
        assertThat(lint.out()).doesNotContain("[WARNING]", "[ERROR]");
    }
}
