package io.trimtab.service.bench;

import io.trimtab.service.testbed.PrometheusServer;
import io.trimtab.service.testbed.VictoriaMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The same payloads from the same sender over loopback to Trimtab, Prometheus and VictoriaMetrics, in turn and in one run, so that what else the machine does
 * meets all alike. Run by {@code bin/ingest-race}.
 */
final class IngestRace {
    private static final int SERIES = 60_000;
    private static final int CONNECTIONS = 2;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int ROUNDS = 30;
    private static final int REPETITIONS = 3;
    private static final int PACED_SAMPLES_PER_SECOND = 200_000;
    private static final int PACED_SECONDS = 15;
    private static final int PACED_CONNECTIONS = 8;

    private IngestRace() {}

    /** A receiver and how to end it. */
    private record Receiver(URI uri, long processId, AutoCloseable process) {
        /** That its process has used. */
        Duration processorTime() {
            return ProcessHandle.of(processId)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
        }
    }

    private interface Start {
        Receiver start() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Start> receivers = new LinkedHashMap<>();
        receivers.put("Trimtab", () -> {
            DoorProcess door = new DoorProcess("1g");
            return new Receiver(door.uri(), door.processId(), door);
        });
        receivers.put("Prometheus", () -> {
            PrometheusServer server = PrometheusServer.start();
            return new Receiver(server.uri().resolve("/api/v1/write"), server.processId(), server);
        });
        receivers.put("VictoriaMetrics", () -> {
            VictoriaMetrics server = VictoriaMetrics.server();
            return new Receiver(server.uri().resolve("/api/v1/write"), server.processId(), server);
        });
        System.out.printf(
                "%,d series, %,d samples to a request, %d connections%n",
                SERIES, Traffic.SAMPLES_PER_REQUEST, CONNECTIONS);
        if (arguments.length > 0) receivers.keySet().retainAll(List.of(arguments));
        race(receivers);
    }

    private static void race(Map<String, Start> receivers) throws Exception {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        int paced = PACED_SAMPLES_PER_SECOND * PACED_SECONDS / SERIES;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            long start = System.currentTimeMillis() - (long) (WARM_UP_ROUNDS + ROUNDS + paced) * Traffic.ROUND_MILLIS;
            List<List<byte[]>> rounds = rounds(start, WARM_UP_ROUNDS + ROUNDS + paced);
            for (Map.Entry<String, Start> entry : receivers.entrySet()) {
                Receiver receiver = entry.getValue().start();
                try (AutoCloseable process = receiver.process()) {
                    send(receiver.uri(), rounds.subList(0, WARM_UP_ROUNDS));
                    Duration before = receiver.processorTime();
                    double seconds = send(receiver.uri(), rounds.subList(WARM_UP_ROUNDS, WARM_UP_ROUNDS + ROUNDS));
                    double rate = (double) SERIES * ROUNDS / seconds;
                    rates.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                            .add(rate);
                    Duration used = receiver.processorTime().minus(before);
                    System.out.printf(
                            Locale.ROOT,
                            "%-16s %,10.0f samples/s, %.2f us of processor time per sample%n",
                            entry.getKey(),
                            rate,
                            used.toNanos() / 1e3 / SERIES / ROUNDS);
                    // The bar is ours; others may not reach that rate at all.
                    if (entry.getKey().equals("Trimtab"))
                        System.out.printf(
                                "%-16s at %,d samples/s %s%n",
                                entry.getKey(),
                                PACED_SAMPLES_PER_SECOND,
                                paced(receiver.uri(), rounds.subList(WARM_UP_ROUNDS + ROUNDS, rounds.size())));
                }
            }
        }
        double ours = median(rates.get("Trimtab"));
        rates.forEach((name, each) -> System.out.printf(
                Locale.ROOT,
                "median %-16s %,10.0f samples/s; Trimtab is %.2f times that%n",
                name,
                median(each),
                ours / median(each)));
    }

    private static List<List<byte[]>> rounds(long startMillis, int count) {
        Traffic traffic = new Traffic(SERIES);
        List<List<byte[]>> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) rounds.add(traffic.round(startMillis + (long) i * Traffic.ROUND_MILLIS));
        return rounds;
    }

    /** As fast as it goes; a round begins when the one before has been answered, since some receivers want each series in order. @return seconds */
    private static double send(URI to, List<List<byte[]>> rounds) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) senders.add(new Sender(to));
            long begun = System.nanoTime();
            for (List<byte[]> round : rounds) {
                AtomicInteger next = new AtomicInteger();
                List<Future<?>> running = new ArrayList<>();
                for (Sender sender : senders)
                    running.add(threads.submit(() -> {
                        for (int i = next.getAndIncrement(); i < round.size(); i = next.getAndIncrement())
                            sender.send(round.get(i));
                        return sender;
                    }));
                for (Future<?> one : running) one.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            for (Sender sender : senders) sender.close();
            return seconds;
        }
    }

    /** Each request has its moment; what waits for a connection waits in the receiver's time. */
    private static String paced(URI to, List<List<byte[]>> rounds) throws Exception {
        List<byte[]> requests = rounds.stream().flatMap(List::stream).toList();
        long every = TimeUnit.SECONDS.toNanos(1) * Traffic.SAMPLES_PER_REQUEST / PACED_SAMPLES_PER_SECOND;
        long[] took = new long[requests.size()];
        try (ExecutorService threads = Executors.newFixedThreadPool(PACED_CONNECTIONS)) {
            AtomicInteger next = new AtomicInteger();
            long begin = System.nanoTime() + every;
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < PACED_CONNECTIONS; thread++)
                running.add(threads.submit(() -> {
                    try (Sender sender = new Sender(to)) {
                        for (int i = next.getAndIncrement(); i < took.length; i = next.getAndIncrement()) {
                            long due = begin + i * every;
                            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                                LockSupport.parkNanos(left);
                            sender.send(requests.get(i));
                            took[i] = System.nanoTime() - due;
                        }
                    }
                    return to;
                }));
            for (Future<?> one : running) one.get();
        }
        Arrays.sort(took);
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms",
                took[took.length / 2] / 1e6,
                took[took.length * 99 / 100] / 1e6);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
