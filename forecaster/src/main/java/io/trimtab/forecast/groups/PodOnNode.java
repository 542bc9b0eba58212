package io.trimtab.forecast.groups;

import io.trimtab.ingest.model.PodId;
import java.util.Map;

/**
 * One pod.
 *
 * @param labels of its node
 */
public record PodOnNode(PodId pod, PodUse use, Map<String, String> labels) {}
