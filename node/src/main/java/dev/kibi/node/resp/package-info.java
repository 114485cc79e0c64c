/** RESP2 and RESP3: an incremental, bounded request reader and a reply writer. JDK only. */
@NullMarked
package dev.kibi.node.resp;

import org.jspecify.annotations.NullMarked;
