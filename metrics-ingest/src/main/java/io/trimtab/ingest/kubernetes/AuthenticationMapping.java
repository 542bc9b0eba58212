package io.trimtab.ingest.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;

/**
 * KEDA's TriggerAuthentication and ClusterTriggerAuthentication, which have one form.
 *
 * @see "kedacore/keda v2.21.0, apis/keda/v1alpha1/triggerauthentication_types.go"
 */
final class AuthenticationMapping {
    static final String KIND = "TriggerAuthentication";
    static final String CLUSTER_KIND = "ClusterTriggerAuthentication";

    private static final List<String> NOT_YET = List.of(
            "env",
            "filePath",
            "hashiCorpVault",
            "azureKeyVault",
            "gcpSecretManager",
            "awsSecretManager",
            "boundServiceAccountToken",
            "oauth2",
            "azureServicePrincipal");

    private AuthenticationMapping() {}

    /** One parameter: which key of which object. */
    record Source(String parameter, String name, String key) {}

    /** @param notSupported what it asks for beside these, one line each */
    record Authentication(List<Source> configMaps, List<Source> secrets, List<String> notSupported) {
        Authentication {
            configMaps = List.copyOf(configMaps);
            secrets = List.copyOf(secrets);
            notSupported = List.copyOf(notSupported);
        }
    }

    static Authentication authentication(GenericKubernetesResource object) {
        List<String> notSupported = new ArrayList<>();
        Fields spec = Fields.of("spec", object.get("spec"), notSupported::add);
        List<Source> configMaps = sources(spec, "configMapTargetRef");
        List<Source> secrets = sources(spec, "secretTargetRef");
        spec.object("podIdentity")
                .flatMap(identity -> identity.text("provider"))
                .filter(provider -> !provider.equals("none"))
                .ifPresent(provider ->
                        notSupported.add("spec.podIdentity.provider (%s): not supported yet".formatted(provider)));
        NOT_YET.forEach(name -> spec.unused(name, "not supported yet"));
        spec.end();
        return new Authentication(configMaps, secrets, notSupported);
    }

    private static List<Source> sources(Fields spec, String name) {
        return spec.objects(name).stream()
                .map(fields -> new Source(
                        fields.requiredText("parameter"), fields.requiredText("name"), fields.requiredText("key")))
                .toList();
    }
}
