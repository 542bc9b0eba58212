package io.trimtab.service.view;

import java.util.List;

/**
 * An object of another project that says a part of the plan in that project's own form.
 *
 * @param namespace empty for one that has none
 * @param says what it means and why, in a sentence
 * @param yaml one document, with the sentence as a comment; to be applied on the server's side
 */
public record NodeObjectView(String apiVersion, String kind, String namespace, String name, String says, String yaml) {
    public static final List<String> KINDS =
            List.of("CapacityBuffer", "NodeOverlay", "NodePool", "Pod", "Machine", "MachineDeployment");
}
