/** What a plan for the nodes comes to as objects of the projects that make nodes. Front door: {@link NodeObjects}. Pure. Used by: service. */
@NullMarked
package io.trimtab.recommend.nodeobjects;

import org.jspecify.annotations.NullMarked;
