/** The RDB encoding of values, version 10, as DUMP and RESTORE carry it. Bytes in, bytes out. */
@NullMarked
package dev.kibi.node.rdb;

import org.jspecify.annotations.NullMarked;
