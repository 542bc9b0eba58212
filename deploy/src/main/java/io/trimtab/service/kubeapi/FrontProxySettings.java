package io.trimtab.service.kubeapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.trimtab.service.tls.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * How the API server's aggregator proves itself to us, as it publishes in the cluster.
 *
 * @param anchors the authorities of its client certificate
 * @param allowedNames common names of that certificate; empty allows any
 * @see "Kubernetes: Configure the Aggregation Layer, Kubernetes Apiserver Client Authentication"
 */
record FrontProxySettings(
        Set<TrustAnchor> anchors,
        List<String> allowedNames,
        List<String> userHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraPrefixes) {
    static final String CONFIG_MAP = "kube-system/extension-apiserver-authentication";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    FrontProxySettings {
        anchors = Set.copyOf(anchors);
        allowedNames = List.copyOf(allowedNames);
    }

    /** @throws IllegalStateException if the cluster does not say, or says it in another way */
    static FrontProxySettings read(KubernetesClient client) {
        String[] name = CONFIG_MAP.split("/");
        var found = client.configMaps().inNamespace(name[0]).withName(name[1]).get();
        if (found == null || found.getData() == null)
            throw new IllegalStateException(
                    "there is no ConfigMap %s; is the API server's aggregation layer on?".formatted(CONFIG_MAP));
        return of(found.getData());
    }

    static FrontProxySettings of(Map<String, String> data) {
        String authorities = data.getOrDefault("requestheader-client-ca-file", "");
        if (authorities.isBlank())
            throw new IllegalStateException(
                    "ConfigMap %s has no requestheader-client-ca-file; is the API server's aggregation layer on?"
                            .formatted(CONFIG_MAP));
        Set<TrustAnchor> anchors = new HashSet<>();
        Pem.certificates(authorities).forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        return new FrontProxySettings(
                anchors,
                list(data, "requestheader-allowed-names"),
                list(data, "requestheader-username-headers"),
                list(data, "requestheader-uid-headers"),
                list(data, "requestheader-group-headers"),
                list(data, "requestheader-extra-headers-prefix"));
    }

    /** @return why the certificate is not the aggregator's; empty when it is */
    Optional<String> objection(List<X509Certificate> chain) {
        X509Certificate own = chain.getFirst();
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            List<String> usages = own.getExtendedKeyUsage();
            if (usages != null && !usages.contains(CLIENT_AUTHENTICATION))
                return Optional.of("the certificate is not for client authentication");
        } catch (GeneralSecurityException e) {
            return Optional.of("the certificate does not hold against requestheader-client-ca-file of ConfigMap %s: %s"
                    .formatted(CONFIG_MAP, e.getMessage()));
        }
        String commonName = commonName(own);
        if (allowedNames.isEmpty() || allowedNames.contains(commonName)) return Optional.empty();
        return Optional.of("the certificate's name \"%s\" is not among requestheader-allowed-names of ConfigMap %s"
                .formatted(commonName, CONFIG_MAP));
    }

    private static String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            return "";
        }
    }

    private static List<String> list(Map<String, String> data, String key) {
        String text = data.getOrDefault(key, "");
        try {
            return text.isBlank() ? List.of() : List.of(JSON.readValue(text, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s of ConfigMap %s is no list of texts".formatted(key, CONFIG_MAP), e);
        }
    }
}
