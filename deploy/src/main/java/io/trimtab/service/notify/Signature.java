package io.trimtab.service.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says that a message comes from who knows the secret, as Standard Webhooks lays down: HMAC-SHA256 over its id, its time and its body.
 *
 * @see "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"
 */
final class Signature {
    private static final String ENCODED = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * @param secret {@code whsec_} and Base64, or any other text, whose bytes it then is
     * @param epochSecond when it is sent
     * @return the value of {@code webhook-signature}
     * @throws IllegalArgumentException if the secret is no Base64 where it says so, or empty
     */
    static String of(String secret, String id, long epochSecond, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update("%s.%d.".formatted(id, epochSecond).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] key(String secret) {
        return secret.startsWith(ENCODED)
                ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }
}
