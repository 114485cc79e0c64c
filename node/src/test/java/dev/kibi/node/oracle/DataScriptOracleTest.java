package dev.kibi.node.oracle;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chance seldom hits: limits, orders, and the errors of odd arguments. */
final class DataScriptOracleTest {

  private static void script(int protocol, String lines) {
    try (Differential differential = Differential.start(protocol)) {
      differential.script(lines);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void setTakesEveryCombinationOfItsOptions(int protocol) {
    script(
        protocol,
        """
        SET k v NX GET
        SET k w NX GET
        SET k w XX GET KEEPTTL
        SET k w EX 100 PX 100
        SET k w EX 100 EX 200
        TTL k
        SET k w KEEPTTL EX 3
        SET k x KEEPTTL KEEPTTL
        TTL k
        SET k x NX XX
        SET k x EX
        SET k x EX 0
        SET k x PX -1
        SET k x EX 9223372036854775807
        SET k x PX 9223372036854775807
        SET k x EX 9223372036854775
        SET k x EXAT 9223372036854775807
        SET k x PXAT 9223372036854775807
        PEXPIRETIME k
        SET k x EXAT 1
        GET k
        SET k x GET PERSIST
        HSET h f v
        SET h x GET
        SET h x
        GETEX h EXAT 1
        EXISTS h
        SET k v
        GETEX k EX 0
        GETEX missing EX 0
        GETEX missing EX
        GETEX k EX 100 PERSIST
        GETEX k PERSIST PERSIST
        GETEX k EX 100
        TTL k
        GETEX k
        TTL k
        GETEX k PERSIST
        TTL k
        SETEX k 0 v
        SETEX k x v
        PSETEX k -5 v
        SETEX k 9223372036854775 v
        """);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void stringsHaveTheLimitsAndEncodingsOfTheOracle(int protocol) {
    script(
        protocol,
        """
        SETRANGE k 536870912 x
        SETRANGE k 536870911 xy
        SETRANGE missing 5 ""
        EXISTS missing
        SETRANGE missing -1 ""
        APPEND n 12
        OBJECT ENCODING n
        APPEND n 3
        OBJECT ENCODING n
        INCR n
        OBJECT ENCODING n
        APPEND n ""
        OBJECT ENCODING n
        INCRBYFLOAT n 1
        OBJECT ENCODING n
        COPY n n REPLACE
        SET f 1.5
        INCRBYFLOAT f 1.5
        OBJECT ENCODING f
        OBJECT REFCOUNT f
        SET s 9999
        OBJECT REFCOUNT s
        SET s 10000
        OBJECT REFCOUNT s
        SET s -1
        OBJECT REFCOUNT s
        OBJECT REFCOUNT missing
        OBJECT ENCODING missing
        OBJECT FREQ s
        OBJECT FREQ missing
        OBJECT IDLETIME s
        OBJECT HELP
        OBJECT nonsense s
        OBJECT ENCODING
        SET max 9223372036854775807
        INCR max
        DECRBY max -1
        DECRBY max -9223372036854775808
        SET min -9223372036854775808
        DECR min
        INCRBY min -1
        GETRANGE max 0 -1
        GETRANGE max -3 -5
        GETRANGE max 5 9223372036854775807
        GETRANGE max -9223372036854775808 3
        SUBSTR max 2 4
        SUBSTR missing x 4
        MSETNX {a}1 1 {a}2 2
        MSETNX {a}2 1 {a}3 2
        MSET {a}1 1 {a}2
        MGET {a}1 {a}2 {a}3
        """);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void commonSubsequencesAreTheOnesTheOracleFinds(int protocol) {
    script(
        protocol,
        """
        MSET {k}1 ohmytext {k}2 mynewtext {k}3 "" {k}4 aXbXcX {k}5 XaXbXc
        LCS {k}1 {k}2
        LCS {k}1 {k}2 LEN
        LCS {k}1 {k}2 IDX
        LCS {k}1 {k}2 IDX MINMATCHLEN 4
        LCS {k}1 {k}2 IDX MINMATCHLEN -4 WITHMATCHLEN
        LCS {k}1 {k}2 IDX LEN
        LCS {k}1 {k}3 IDX
        LCS {k}1 {k}missing
        LCS {k}4 {k}5 IDX WITHMATCHLEN
        LCS {k}5 {k}4 IDX WITHMATCHLEN
        LCS {k}4 {k}4 IDX WITHMATCHLEN
        LCS {k}4 {k}4 nonsense
        LCS {k}4 {k}4 MINMATCHLEN
        LCS {k}4 {k}4 MINMATCHLEN x
        HSET {k}h f v
        LCS {k}4 {k}h nonsense
        """);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void expiriesAreSetUnderEveryCondition(int protocol) {
    script(
        protocol,
        """
        SET k v
        EXPIRE k 100 GT
        EXPIRE k 100 XX
        EXPIRE k 100 LT
        EXPIRE k 200 LT
        EXPIRE k 200 NX
        EXPIRE k 200 GT
        EXPIRE k 250 XX GT
        EXPIRE k 300 XX LT
        EXPIRE k 300 NX XX
        EXPIRE k 300 GT LT
        EXPIRE k 300 nonsense
        EXPIRE k x nonsense
        EXPIRE k x
        EXPIRE k 9223372036854775807
        EXPIRE k -9223372036854775808
        PEXPIRE k 9223372036854775807
        PEXPIREAT k 9223372036854775807
        TTL k
        PTTL k
        EXPIRETIME k
        PEXPIRETIME k
        PERSIST k
        PERSIST k
        TTL k
        PEXPIREAT k 4000000000499
        EXPIRETIME k
        PEXPIREAT k 4000000000500
        EXPIRETIME k
        EXPIRE missing 10
        EXPIREAT k 1
        EXISTS k
        TTL k
        EXPIRETIME k
        """);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keysAreRenamedCopiedSortedAndScannedAsTheOracleDoes(int protocol) {
    script(
        protocol,
        """
        SET {a}1 v EX 4000
        RENAME {a}1 {a}1
        RENAMENX {a}1 {a}1
        RENAME {a}1 {a}2
        TTL {a}2
        RENAME {a}1 {a}2
        RENAMENX missing missing
        COPY {a}2 {a}3
        COPY {a}2 {a}3
        COPY {a}2 {a}3 REPLACE REPLACE
        TTL {a}3
        COPY {a}2 {a}2
        COPY {a}2 {a}4 DB 0
        COPY {a}2 {a}4 DB 1
        COPY {a}2 {a}4 DB 16
        COPY {a}2 {a}4 DB 99999999999
        COPY {a}2 {a}4 DB
        MOVE {a}2 1
        MOVE {a}2 x
        SORT {a}2
        SORT missing
        SORT missing STORE missing
        SORT {q}m STORE {q}n STORE elsewhere
        SORT missing LIMIT 1
        SORT missing LIMIT x 1
        SORT missing BY nosort GET x
        SORT missing BY x*
        SORT missing DESC ALPHA LIMIT 0 -1
        SORT_RO missing STORE x
        SORT_RO missing ASC
        TYPE {a}2
        TYPE missing
        SCAN x
        SCAN "" COUNT 1000 MATCH {a}4
        SCAN 0 COUNT 0
        SCAN 0 COUNT x
        SCAN 0 COUNT
        SCAN 0 MATCH none* COUNT 1000
        SCAN 0 TYPE nonsense COUNT 1000
        SCAN 0 TYPE hash COUNT 1000
        SCAN 0 nonsense 1
        SCAN 99999999999999999999
        SCAN " 1"
        HSCAN missing 0
        HSCAN missing x
        HSCAN missing 0 nonsense
        HSCAN {a}2 0
        HSCAN {a}2 0 TYPE x
        WAIT x 1
        WAIT 0 -1
        WAIT 0 x
        WAIT 0 9223372036854775807
        RANDOMKEY nonsense
        DUMP missing
        """);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void smallHashesKeepTheOrderOfInsertion(int protocol) {
    script(
        protocol,
        """
        HSET h b 1 a 2 c 3 b 4
        HSCAN h 0
        HSCAN h 17 MATCH [ab] COUNT 1
        HDEL h a
        HSET h a 5
        HSCAN h 0
        HDEL h a b c d
        EXISTS h
        HSET h a
        HMSET h a 1 b
        HMSET h a 1 b 2
        HMGET h a x b
        HMGET missing a b
        HSETNX h a 9
        HSETNX h z 9
        HINCRBY h s 1
        HSET h t text m 9223372036854775807
        HINCRBY h t 1
        HINCRBY h m 1
        HINCRBY h m x
        HINCRBYFLOAT h t 1
        HINCRBYFLOAT h t inf
        HINCRBYFLOAT h t x
        HINCRBYFLOAT h m 0.5
        HSTRLEN h m
        HRANDFIELD missing
        HRANDFIELD missing 5
        HRANDFIELD h 0
        HRANDFIELD h -9223372036854775808
        HRANDFIELD h 9223372036854775807 WITHVALUES
        HRANDFIELD h 1 nonsense
        HRANDFIELD h 1 WITHVALUES x
        HRANDFIELD h x
        """);
  }
}
