/** The container image: {@link ImageBuild} writes it for {@code bin/image}, the tests read and run what it wrote. */
@NullMarked
package io.trimtab.service.image;

import org.jspecify.annotations.NullMarked;
