package io.trimtab.forecast.sketch;

/** How a histogram divides the values from 0 on; the last bucket has no upper end. */
public sealed interface Buckets {
    /** Buckets of the stock VPA's CPU histogram, in cores. */
    Buckets CPU_CORES = new Exponential(1000, 0.01, 1.05);

    /** Buckets of the stock VPA's memory histogram, in bytes. */
    Buckets MEMORY_BYTES = new Exponential(1e12, 1e7, 1.05);

    int count();

    /** The bucket that holds a value; the first or last one for a value beyond the ends. */
    int find(double value);

    double start(int bucket);

    /** Equal buckets of {@code size} up to {@code max}. */
    record Linear(double max, double size) implements Buckets {
        public Linear {
            if (!(max > 0 && size > 0 && max / size < 1e6)) {
                throw new IllegalArgumentException(
                        "max (%s) and size (%s) must be positive, with at most a million buckets".formatted(max, size));
            }
        }

        @Override
        public int count() {
            return (int) Math.ceil(max / size) + 1;
        }

        @Override
        public int find(double value) {
            return Math.clamp((long) (value / size), 0, count() - 1);
        }

        @Override
        public double start(int bucket) {
            return bucket * size;
        }
    }

    /** The first bucket is {@code first} wide, each further one {@code ratio} times the one before. */
    record Exponential(double max, double first, double ratio) implements Buckets {
        public Exponential {
            if (!(max > 0 && first > 0 && ratio > 1 && Double.isFinite(max))) {
                throw new IllegalArgumentException(
                        "max (%s) and first (%s) must be positive, ratio (%s) above 1".formatted(max, first, ratio));
            }
            if (log(ratio, max * (ratio - 1) / first + 1) > 1e6)
                throw new IllegalArgumentException("ratio (%s) makes too many buckets".formatted(ratio));
        }

        @Override
        public int count() {
            return (int) Math.ceil(log(ratio, max * (ratio - 1) / first + 1)) + 1;
        }

        @Override
        public int find(double value) {
            if (value < first) return 0;
            return Math.min((int) log(ratio, value * (ratio - 1) / first + 1), count() - 1);
        }

        @Override
        public double start(int bucket) {
            return bucket == 0 ? 0 : first * (Math.pow(ratio, bucket) - 1) / (ratio - 1);
        }

        private static double log(double base, double value) {
            return Math.log(value) / Math.log(base);
        }
    }
}
