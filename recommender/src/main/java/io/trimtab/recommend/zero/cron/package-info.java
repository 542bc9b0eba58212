/** When cron lines have fired. Front doors: {@link CronSchedule}, a line, and {@link CronWindow}, the time between two. Pure. */
@NullMarked
package io.trimtab.recommend.zero.cron;

import org.jspecify.annotations.NullMarked;
