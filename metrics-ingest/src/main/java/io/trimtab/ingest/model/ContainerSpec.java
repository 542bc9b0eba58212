package io.trimtab.ingest.model;

/** A container as its pod template or its pod declares it. */
public record ContainerSpec(String name, String image, Requirements requirements) {}
