package io.trimtab.ingest.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintsTest {
    /** What the JDK says of a TLS connection that there is none of. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Received fatal alert: bad_certificate                         | --prometheus-cert-file
        Received fatal alert: certificate_required                    | --prometheus-cert-file
        Received fatal alert: handshake_failure                       | --prometheus-cert-file
        PKIX path building failed: unable to find valid certification path to requested target | --prometheus-ca-file
        PKIX path validation failed: java.security.cert.CertPathValidatorException: signature check failed | --prometheus-ca-file
        PKIX path validation failed: java.security.cert.CertPathValidatorException: Path does not chain with any of the trust anchors | --prometheus-ca-file
        PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed | renew its certificate
        No subject alternative names matching IP address 127.0.0.1 found | the name that its certificate is for
        Unsupported or unrecognized SSL message                       | a port that speaks TLS
        """)
    void sayWhatToDoNext(String refusal, String advice) {
        var complaints = new Complaints("https://p:9090", Duration.ofSeconds(5));
        assertThat(complaints
                        .broken(new IOException("Broken pipe"), Optional.of(new SSLHandshakeException(refusal)))
                        .getMessage())
                .contains("https://p:9090", advice);
    }
}
