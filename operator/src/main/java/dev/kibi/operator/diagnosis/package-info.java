/** Pure: from pods, StatefulSets and Events to what keeps a pod from working, in a sentence. */
@NullMarked
package dev.kibi.operator.diagnosis;

import org.jspecify.annotations.NullMarked;
