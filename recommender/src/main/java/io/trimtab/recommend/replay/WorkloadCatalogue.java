package io.trimtab.recommend.replay;

import java.util.List;

/** What each kind of workload is drawn from: names as teams give them, and the ranges of its figures. */
final class WorkloadCatalogue {
    private WorkloadCatalogue() {}

    /** A uniform range. */
    record Range(double from, double to) {
        double at(double luck) {
            return from + luck * (to - from);
        }
    }

    /**
     * @param weight how often it occurs among workloads
     * @param replicas before the cluster's size is fitted
     * @param cpuMilli of one pod at the usual peak
     * @param baseMib of one pod when idle
     * @param loadMib that a full load adds
     * @param scaledShare how many have a HorizontalPodAutoscaler, 0..1
     * @param names {@code namespace/name}
     */
    record Profile(
            double weight,
            Range replicas,
            Range cpuMilli,
            Range baseMib,
            Range loadMib,
            Range floor,
            Range weekend,
            double noise,
            double scaledShare,
            List<String> names) {}

    static Profile of(WorkloadKind kind) {
        return switch (kind) {
            case WEB ->
                profile(
                        22,
                        r(3, 8),
                        r(180, 520),
                        r(120, 380),
                        r(80, 300),
                        r(0.15, 0.35),
                        r(0.45, 0.75),
                        0.08,
                        0.7,
                        "storefront/web",
                        "storefront/product-pages",
                        "storefront/mobile-gateway",
                        "storefront/account-pages",
                        "checkout/checkout-ui",
                        "catalog/catalog-browse",
                        "identity/login-pages",
                        "search/search-frontend",
                        "storefront/landing-pages",
                        "checkout/cart");
            case BURSTY_API ->
                profile(
                        8,
                        r(2, 5),
                        r(300, 600),
                        r(150, 350),
                        r(80, 250),
                        r(0.1, 0.25),
                        r(0.4, 0.7),
                        0.12,
                        0.6,
                        "checkout/promotions-api",
                        "catalog/pricing-api",
                        "messaging/push-api",
                        "payments/webhooks",
                        "identity/otp-api",
                        "search/suggest-api");
            case BATCH ->
                profile(
                        4,
                        r(1, 4),
                        r(900, 1900),
                        r(300, 700),
                        r(2000, 5000),
                        r(1, 1),
                        r(1, 1),
                        0.05,
                        0,
                        "data-pipelines/nightly-orders-etl",
                        "data-pipelines/warehouse-load",
                        "analytics/sessionize",
                        "payments/settlement",
                        "analytics/cohort-build");
            case CRON ->
                profile(
                        12,
                        r(1, 1),
                        r(100, 400),
                        r(60, 120),
                        r(40, 160),
                        r(1, 1),
                        r(1, 1),
                        0.08,
                        0,
                        "payments/ledger-reconcile",
                        "catalog/feed-export",
                        "storefront/sitemap",
                        "identity/session-cleanup",
                        "messaging/digest-mailer",
                        "analytics/rollup-hourly",
                        "checkout/abandoned-carts",
                        "data-pipelines/freshness-check");
            case QUEUE_WORKER ->
                profile(
                        10,
                        r(2, 6),
                        r(400, 800),
                        r(150, 400),
                        r(100, 400),
                        r(0.2, 0.4),
                        r(0.5, 0.8),
                        0.1,
                        0.5,
                        "messaging/email-sender",
                        "catalog/image-resizer",
                        "checkout/order-events",
                        "data-pipelines/ingest-consumer",
                        "search/indexer",
                        "payments/fraud-scorer",
                        "messaging/sms-sender");
            case JVM_SERVICE ->
                profile(
                        14,
                        r(2, 5),
                        r(300, 800),
                        r(280, 420),
                        r(700, 2500),
                        r(0.15, 0.3),
                        r(0.3, 0.5),
                        0.06,
                        0.3,
                        "checkout/order-service",
                        "payments/payment-service",
                        "catalog/catalog-service",
                        "identity/user-service",
                        "checkout/inventory-service",
                        "payments/invoice-service",
                        "search/query-service",
                        "messaging/preference-service");
            case LEAKING_SERVICE ->
                profile(
                        4,
                        r(1, 3),
                        r(100, 300),
                        r(180, 320),
                        r(40, 120),
                        r(0.3, 0.5),
                        r(0.6, 0.8),
                        0.05,
                        0,
                        "catalog/recommend-bridge",
                        "identity/ldap-sync",
                        "messaging/chat-relay",
                        "analytics/event-bridge");
            case GPU_INFERENCE ->
                profile(
                        2,
                        r(1, 1),
                        r(700, 1500),
                        r(2000, 4000),
                        r(300, 900),
                        r(0.2, 0.3),
                        r(0.6, 0.9),
                        0.08,
                        0,
                        "ml-platform/ranker",
                        "ml-platform/image-tagger",
                        "search/embedder");
            case GPU_TRAINING ->
                profile(
                        1,
                        r(1, 1),
                        r(2000, 3000),
                        r(1500, 2500),
                        r(4000, 7000),
                        r(1, 1),
                        r(1, 1),
                        0.04,
                        0,
                        "ml-platform/train-ranker",
                        "ml-platform/train-forecast");
            case STATEFUL_STORE ->
                profile(
                        8,
                        r(2, 3),
                        r(300, 900),
                        r(700, 1400),
                        r(2000, 8000),
                        r(0.4, 0.6),
                        r(0.6, 0.9),
                        0.06,
                        0,
                        "payments/postgres-ledger",
                        "search/opensearch",
                        "messaging/kafka",
                        "storefront/redis-sessions",
                        "analytics/clickhouse",
                        "catalog/mongodb-catalog",
                        "observability/prometheus");
            case DAEMON ->
                profile(
                        3,
                        r(1, 1),
                        r(20, 80),
                        r(50, 160),
                        r(10, 40),
                        r(1, 1),
                        r(1, 1),
                        0.1,
                        0,
                        "observability/node-exporter",
                        "observability/fluent-bit",
                        "observability/otel-agent",
                        "kube-system/cilium",
                        "kube-system/ebs-csi-node",
                        "kube-system/node-local-dns");
            case DEVELOPMENT ->
                profile(
                        12,
                        r(1, 2),
                        r(100, 300),
                        r(120, 500),
                        r(50, 200),
                        r(0, 0),
                        r(0, 0),
                        0.15,
                        0,
                        "dev-payments/payment-service",
                        "dev-checkout/order-service",
                        "dev-catalog/catalog-service",
                        "dev-storefront/web",
                        "dev-identity/user-service",
                        "dev-search/query-service");
        };
    }

    private static Profile profile(
            double weight,
            Range replicas,
            Range cpuMilli,
            Range baseMib,
            Range loadMib,
            Range floor,
            Range weekend,
            double noise,
            double scaledShare,
            String... names) {
        return new Profile(
                weight, replicas, cpuMilli, baseMib, loadMib, floor, weekend, noise, scaledShare, List.of(names));
    }

    private static Range r(double from, double to) {
        return new Range(from, to);
    }
}
