package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;

/**
 * What we keep of a PersistentVolumeClaim. Answers: which disks does a workload hold on to, and what size are they?
 *
 * @param storageClass empty where none is named
 * @param size what it has got, or asks for while it waits
 * @param volume bound to it; empty while it waits
 */
public record VolumeClaim(String namespace, String name, String storageClass, Bytes size, String volume) {}
