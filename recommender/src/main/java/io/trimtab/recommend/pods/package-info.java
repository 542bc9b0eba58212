/**
 * Decides requests and limits. Front door: {@link PodRecommender}; {@link PodUpdater} says whether a stock VPA would touch a live pod. Pure: no
 * I/O, no clock. Used by: recommend.plan, service.
 */
@NullMarked
package io.trimtab.recommend.pods;

import org.jspecify.annotations.NullMarked;
