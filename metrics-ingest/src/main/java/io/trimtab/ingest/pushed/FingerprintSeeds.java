package io.trimtab.ingest.pushed;

import java.security.SecureRandom;

/**
 * What fingerprints of labels begin with: drawn at random, so that no sender can make two series look alike, and kept over a restart, so that a series is the
 * same one after it.
 */
public record FingerprintSeeds(long high, long low) {
    static FingerprintSeeds random() {
        SecureRandom random = new SecureRandom();
        return new FingerprintSeeds(random.nextLong(), random.nextLong());
    }
}
