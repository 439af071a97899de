package routes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import routes.platform.cli.CaravanCommandLine;

/** The application: every workflow's routes in one Camel context. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Caravan {

    public static void main(String[] args) {
        int code = new CaravanCommandLine(settings -> SpringApplication.run(Caravan.class, settings)).run(args);
        if (code != CaravanCommandLine.GOES_ON) {
            System.exit(code);
        }
    }
}
