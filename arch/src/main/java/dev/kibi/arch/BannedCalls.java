package dev.kibi.arch;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** Refuses calls and method references, and says what to write instead. */
final class BannedCalls extends ArchCondition<JavaClass> {

  private final List<Ban> bans;

  BannedCalls(String description, List<Ban> bans) {
    super(description);
    this.bans = bans;
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    for (JavaCodeUnitAccess<?> access : item.getCodeUnitAccessesFromSelf()) {
      bans.stream()
          .filter(ban -> ban.covers(access.getTarget()))
          .forEach(ban ->
              events.add(
                  SimpleConditionEvent.violated(
                      access, access.getDescription() + ": " + ban.instead())));
    }
  }

  /**
   * Calls of one type.
   *
   * @param type its full name
   * @param methods its methods, empty for all of them; {@code <init>} is a constructor
   * @param argumentsMin calls with fewer arguments are allowed
   * @param argumentsMax calls with more arguments are allowed
   * @param instead what to write
   */
  record Ban(
      String type, List<String> methods, int argumentsMin, int argumentsMax, String instead) {

    static Ban of(String type, String instead, String... methods) {
      return new Ban(type, List.of(methods), 0, Integer.MAX_VALUE, instead);
    }

    Ban from(int arguments) {
      return new Ban(type, methods, arguments, argumentsMax, instead);
    }

    Ban upTo(int arguments) {
      return new Ban(type, methods, argumentsMin, arguments, instead);
    }

    boolean covers(AccessTarget.CodeUnitAccessTarget target) {
      int arguments = target.getRawParameterTypes().size();
      return target.getOwner().getFullName().equals(type)
          && (methods.isEmpty() || methods.contains(target.getName()))
          && arguments >= argumentsMin
          && arguments <= argumentsMax;
    }
  }
}
