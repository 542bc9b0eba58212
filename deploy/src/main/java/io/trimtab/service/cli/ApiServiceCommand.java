package io.trimtab.service.cli;

import io.trimtab.service.config.SettingsException;
import io.trimtab.service.tls.MadeCertificate;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "apiservice",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints what lets the cluster's HorizontalPodAutoscalers follow Trimtab, for kubectl apply -f -: the",
            "APIService of external.metrics.k8s.io, a Secret with a new certificate for it (valid for a year; print"
                    + " and",
            "apply again to renew), and what Trimtab's service account needs to check who asks."
        },
        footer = {"", "Example:", "  trimtab apiservice --namespace trimtab --service trimtab | kubectl apply -f -"})
final class ApiServiceCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "trimtab",
            description = "Where Trimtab runs (default: ${DEFAULT-VALUE}).")
    private String namespace = "";

    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "trimtab",
            description = "The Service in front of its --tls-port (default: ${DEFAULT-VALUE}).")
    private String service = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "443",
            description = "The port of that Service (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--service-account",
            paramLabel = "NAME",
            defaultValue = "trimtab",
            description = "Whom Trimtab runs as (default: ${DEFAULT-VALUE}).")
    private String serviceAccount = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Map.of("--namespace", namespace, "--service", service, "--service-account", serviceAccount)
                .forEach(ApiServiceCommand::check);
        if (port < 1 || port > 65_535) throw new SettingsException("--port (%d) must be in 1..65535".formatted(port));
        String host = service + "." + namespace + ".svc";
        MadeCertificate made = MadeCertificate.of(
                List.of(host, service + "." + namespace + ".svc.cluster.local"),
                InstantSource.system().instant());
        spec.commandLine().getOut().print(manifests(made));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void check(String option, String name) {
        if (NAME.matcher(name).matches()) return;
        throw new SettingsException(
                "%s (%s) must be a Kubernetes name: small letters, digits and dashes".formatted(option, name));
    }

    private String manifests(MadeCertificate made) {
        return """
            apiVersion: v1
            kind: Secret
            metadata: {name: trimtab-tls, namespace: "%1$s"}
            type: kubernetes.io/tls
            data:
              ca.crt: %2$s
              tls.crt: %3$s
              tls.key: %4$s
            ---
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1beta1.external.metrics.k8s.io}
            spec:
              group: external.metrics.k8s.io
              version: v1beta1
              groupPriorityMinimum: 100
              versionPriority: 100
              service: {name: "%5$s", namespace: "%1$s", port: %6$d}
              caBundle: %2$s
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: "%1$s:trimtab:auth-delegator"}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:auth-delegator"}
            subjects: [{kind: ServiceAccount, name: "%7$s", namespace: "%1$s"}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: "%1$s:trimtab:authentication-reader", namespace: kube-system}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: extension-apiserver-authentication-reader}
            subjects: [{kind: ServiceAccount, name: "%7$s", namespace: "%1$s"}]
            """.formatted(
                        namespace,
                        base64(made.authority()),
                        base64(made.certificate()),
                        base64(made.key()),
                        service,
                        port,
                        serviceAccount);
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
