/**
 * When cron lines have fired. Front doors: {@link CronSchedule}, a line, {@link CronWindow}, the time between two, and {@link CronPeriod}, some time from one on.
 * Pure.
 */
@NullMarked
package io.trimtab.recommend.cron;

import org.jspecify.annotations.NullMarked;
