package io.trimtab.service.config;

import io.trimtab.cost.ledger.Retention;
import io.trimtab.cost.tariff.Tariff;
import io.trimtab.forecast.online.Holidays;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.promql.Access;
import io.trimtab.ingest.promql.Labels;
import io.trimtab.ingest.remotewrite.ReplicaLabels;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user can set, checked.
 *
 * @param port of pages and REST; 0 takes a free one
 * @param cycle from the start of one round to the start of the next
 * @param openCostPort of OpenCost's routes; empty: they are not served
 * @param tariff what is paid other than list prices
 * @param budgets what may be spent in a month, and who is told
 */
public record Settings(
        int port,
        String host,
        Mode mode,
        Duration cycle,
        Source source,
        Optional<Integer> openCostPort,
        Tariff tariff,
        Budgets budgets) {
    public Settings {
        if (port < 0 || port > 65_535) throw new SettingsException("--port (%d) must be in 0..65535".formatted(port));
        openCostPort.filter(it -> it < 0 || it > 65_535).ifPresent(it -> {
            throw new SettingsException("--opencost-port (%d) must be in 0..65535".formatted(it));
        });
        if (cycle.compareTo(Duration.ofSeconds(1)) < 0)
            throw new SettingsException("--cycle (%s) must be at least 1s".formatted(cycle));
    }

    /** Those without OpenCost's routes, too. */
    public Settings(int port, String host, Mode mode, Duration cycle, Source source) {
        this(port, host, mode, cycle, source, Optional.empty());
    }

    /** Those at list prices and without budgets. */
    public Settings(int port, String host, Mode mode, Duration cycle, Source source, Optional<Integer> openCostPort) {
        this(port, host, mode, cycle, source, openCostPort, Tariff.NONE, Budgets.NONE);
    }

    /** The file with the token that whoever sends events must show; empty: nobody is asked for one. */
    public Optional<Path> eventsToken() {
        return switch (source) {
            case Source.Demo demo -> Optional.empty();
            case Source.Real real -> real.eventsToken();
        };
    }

    /** The file with the token that whoever pushes samples must show; empty: nobody is asked for one. */
    public Optional<Path> writeToken() {
        return switch (source) {
            case Source.Demo demo -> Optional.empty();
            case Source.Real real -> real.writeToken();
        };
    }

    /** Whether what is learned survives the end. */
    public boolean isStateKept() {
        return switch (source) {
            case Source.Demo demo -> false;
            case Source.Real real -> real.state().isPresent();
        };
    }

    /** What tells the replicas apart that push the same samples; nobody pushes to the simulated cluster. */
    public ReplicaLabels replicaLabels() {
        return switch (source) {
            case Source.Demo demo -> ReplicaLabels.USUAL;
            case Source.Real real -> real.replicaLabels();
        };
    }

    /** The simulated cluster has none. */
    public Holidays holidays() {
        return switch (source) {
            case Source.Demo demo -> Holidays.NONE;
            case Source.Real real -> real.holidays();
        };
    }

    /**
     * What may be spent in a month, and who is told.
     *
     * @param file empty: there are no budgets
     * @param webhook where it is told that one does not last; empty: nowhere
     * @param webhookSecret the file with what messages are signed with; empty: they are not
     */
    public record Budgets(Optional<Path> file, Optional<URI> webhook, Optional<Path> webhookSecret) {
        public static final Budgets NONE = new Budgets(Optional.empty(), Optional.empty(), Optional.empty());

        public Budgets {
            // Without the URL itself: its path is often a secret.
            if (webhook.filter(url -> !isHttp(url)).isPresent())
                throw new SettingsException("--webhook-url must be a URL such as https://alerts.example.org/hook");
            webhookSecret.filter(path -> !Files.isReadable(path)).ifPresent(path -> {
                throw new SettingsException(
                        "--webhook-secret-file (%s) cannot be read; does the file exist?".formatted(path));
            });
            if (webhook.isEmpty() && webhookSecret.isPresent())
                throw new SettingsException("--webhook-secret-file is of no use without --webhook-url");
        }
    }

    private static boolean isHttp(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
    }

    /** Which cluster is looked at. */
    public sealed interface Source {
        /**
         * The simulated one.
         *
         * @param speed simulated seconds per second
         */
        record Demo(long seed, double speed) implements Source {
            public Demo {
                if (!(speed > 0 && speed <= 100_000))
                    throw new SettingsException("--demo-speed (%s) must be in 0..100000, above 0".formatted(speed));
            }
        }

        /**
         * A real one.
         *
         * @param prometheus empty: usage is what is pushed
         * @param eventsToken the file with the token that whoever sends events must show; empty: nobody is asked for one
         * @param writeToken likewise for whoever pushes samples
         * @param state where what was learned of it is kept; empty: it is not
         * @param grpc where OpenTelemetry's metrics are taken by gRPC; empty: nowhere
         * @param holidays of its users
         * @param replicaLabels by which those are told apart that push the same samples
         */
        record Real(
                Kubernetes kubernetes,
                Optional<Prometheus> prometheus,
                Duration history,
                Duration step,
                Optional<Path> eventsToken,
                Optional<Path> writeToken,
                Optional<State> state,
                Optional<Grpc> grpc,
                Holidays holidays,
                ReplicaLabels replicaLabels)
                implements Source {
            /** One of which nothing is kept. */
            public Real(
                    Kubernetes kubernetes,
                    Optional<Prometheus> prometheus,
                    Duration history,
                    Duration step,
                    Optional<Path> eventsToken,
                    Optional<Path> writeToken) {
                this(
                        kubernetes,
                        prometheus,
                        history,
                        step,
                        eventsToken,
                        writeToken,
                        Optional.empty(),
                        Optional.empty(),
                        Holidays.NONE,
                        ReplicaLabels.USUAL);
            }

            /** One to which anybody may send events and samples. */
            public Real(Kubernetes kubernetes, Prometheus prometheus, Duration history, Duration step) {
                this(kubernetes, Optional.of(prometheus), history, step, Optional.empty(), Optional.empty());
            }

            /** The same, of which what was learned is kept. */
            public Real keeping(Optional<State> kept) {
                return with(kept, grpc, holidays, replicaLabels);
            }

            /** The same, to which metrics may be sent by gRPC too. */
            public Real taking(Optional<Grpc> by) {
                return with(state, by, holidays, replicaLabels);
            }

            /** The same, whose users have other holidays. */
            public Real resting(Holidays others) {
                return with(state, grpc, others, replicaLabels);
            }

            /** The same, to which replicas push that have other labels. */
            public Real telling(ReplicaLabels apart) {
                return with(state, grpc, holidays, apart);
            }

            private Real with(Optional<State> kept, Optional<Grpc> by, Holidays others, ReplicaLabels apart) {
                return new Real(
                        kubernetes, prometheus, history, step, eventsToken, writeToken, kept, by, others, apart);
            }
        }
    }

    /**
     * @param kubeconfig empty: the pod's own service account
     * @param api what Trimtab serves to the cluster's API server; empty: nothing
     */
    public record Kubernetes(Optional<Path> kubeconfig, Optional<KubeApi> api) {
        /** A cluster that is served nothing. */
        public Kubernetes(Optional<Path> kubeconfig) {
            this(kubeconfig, Optional.empty());
        }
    }

    /**
     * What is served over TLS: {@code external.metrics.k8s.io}, and Cluster Autoscaler's expander.
     *
     * @param port 0 takes a free one
     * @param tlsFolder with {@code tls.crt} and {@code tls.key}; empty: a certificate is made at start
     * @param tlsNames of that certificate
     * @param expanderPort of the expander, which shows the same certificate; 0 takes a free one; empty: there is none
     */
    public record KubeApi(
            int port, String host, Optional<Path> tlsFolder, List<String> tlsNames, Optional<Integer> expanderPort) {
        /** Without the expander. */
        public KubeApi(int port, String host, Optional<Path> tlsFolder, List<String> tlsNames) {
            this(port, host, tlsFolder, tlsNames, Optional.empty());
        }

        public KubeApi {
            if (port < 0 || port > 65_535)
                throw new SettingsException("--tls-port (%d) must be in 0..65535".formatted(port));
            expanderPort.filter(expander -> expander < 0 || expander > 65_535).ifPresent(expander -> {
                throw new SettingsException("--expander-port (%d) must be in 0..65535".formatted(expander));
            });
            tlsNames = List.copyOf(tlsNames);
            if (tlsNames.isEmpty() || tlsNames.stream().anyMatch(name -> !name.matches("[A-Za-z0-9.:-]+")))
                throw new SettingsException(
                        "--tls-name (%s) must be DNS names or IP addresses, such as trimtab.trimtab.svc"
                                .formatted(String.join(",", tlsNames)));
        }
    }

    /**
     * The port of gRPC.
     *
     * @param port 0 takes a free one
     */
    public record Grpc(int port, String host) {
        public Grpc {
            if (port < 0 || port > 65_535)
                throw new SettingsException("--grpc-port (%d) must be in 0..65535".formatted(port));
        }
    }

    /**
     * Where what was learned survives a restart.
     *
     * @param folder is made where it is not there
     * @param every the time between two snapshots
     * @param account what is kept of the account of costs
     */
    public record State(Path folder, Duration every, Retention account) {
        /** The account as long as usual. */
        public State(Path folder, Duration every) {
            this(folder, every, Retention.USUAL);
        }

        public State {
            if (every.compareTo(Duration.ofSeconds(1)) < 0)
                throw new SettingsException("--state-every (%s) must be at least 1s".formatted(every));
            if (Files.exists(folder) && !Files.isDirectory(folder))
                throw new SettingsException("--state-dir (%s) is a file; give a folder".formatted(folder));
        }
    }

    /** A Prometheus-compatible server. */
    public record Prometheus(URI url, Access access, Labels labels) {
        /** One with the usual labels. */
        public Prometheus(URI url, Optional<Path> bearerTokenFile, Map<String, String> headers) {
            this(
                    url,
                    new Access(
                            bearerTokenFile
                                    .<Access.Credentials>map(Access.Credentials.Bearer::new)
                                    .orElseGet(Access.Credentials.None::new),
                            headers,
                            Access.TlsFiles.USUAL),
                    Labels.USUAL);
        }

        public Prometheus {
            if (!isHttp(url)) {
                throw new SettingsException(
                        "--prometheus (%s) must be a URL such as http://prometheus:9090".formatted(url));
            }
        }
    }
}
