import com.gs.dmn.dialect.JavaTimeDMNDialectDefinition;
import com.gs.dmn.log.NopBuildLogger;
import com.gs.dmn.serialization.DefaultTypeDeserializationConfigurer;
import com.gs.dmn.transformation.InputParameters;
import com.gs.dmn.transformation.ToQuotedNameTransformer;
import com.gs.dmn.transformation.lazy.NopLazyEvaluationDetector;
import com.gs.dmn.transformation.template.TreeTemplateProvider;
import com.gs.dmn.validation.NopDMNValidator;
import java.nio.file.Path;
import java.util.Map;

/** Writes a model as Java, in the package `lending`: java Translate.java MODEL.dmn FOLDER */
public class Translate {
  public static void main(String[] paths) {
    var parameters = new InputParameters(Map.of(
        "dmnVersion", "1.5", "modelVersion", "1.0", "platformVersion", "1.0",
        "javaRootPackage", "lending",
        "caching", "true"));  // each decision once in a context, as its own benchmark has it
    new JavaTimeDMNDialectDefinition()
        .createDMNToNativeTransformer(
            new NopDMNValidator(), new ToQuotedNameTransformer(), new TreeTemplateProvider(),
            new NopLazyEvaluationDetector(), new DefaultTypeDeserializationConfigurer(),
            parameters, new NopBuildLogger())
        .transform(Path.of(paths[0]), Path.of(paths[1]));
  }
}
