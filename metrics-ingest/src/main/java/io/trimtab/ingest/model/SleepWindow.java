package io.trimtab.ingest.model;

/**
 * From each moment of one cron line to the next of another; all three as written.
 *
 * @param schedule when it begins
 * @param until when it ends
 */
public record SleepWindow(String schedule, String until, String timezone) {}
