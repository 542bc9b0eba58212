package io.trimtab.service.view;

/** A reason in words. */
public record ReasonView(String code, String message) {}
